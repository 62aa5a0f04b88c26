import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

export interface ButtonProps extends Omit<ButtonHTMLAttributes, 'icon'> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  large?: boolean
  icon?: IconName
  /** Something is under way: the button says so and does nothing more. */
  busy?: boolean
  children: ComponentChildren
}

/** A button that stays focusable while busy, so that a keyboard user does not lose their place. */
export function Button({
  look = 'plain',
  large = false,
  icon,
  busy = false,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const classes = ['button', look === 'plain' ? '' : `button--${look}`, large ? 'button--large' : '']
    .filter(Boolean)
    .join(' ')
  return (
    <button
      {...rest}
      type={type}
      class={classes}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}
