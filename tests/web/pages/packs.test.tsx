// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type { PackPartsFragment } from '../../../web/gql/documents.ts'
import { PacksPage } from '../../../web/pages/packs/PacksPage.tsx'
import type { Answers } from '../support/fake-server-link.ts'
import { toPack, toPacks, toQuestion } from '../support/packs.ts'
import { renderPage, viewer } from '../support/render-page.tsx'

afterEach(cleanup)

const administrator = { viewer: { ...viewer, role: 'ADMIN' as const } }
const active = toPack('1.0.0', {
  name: 'residency',
  title: 'Residency',
  status: 'ACTIVE',
  canActivate: false,
  canArchive: false,
})

function renderPacks(packs: () => readonly PackPartsFragment[], answers: Answers = {}) {
  return renderPage(<PacksPage />, {
    account: administrator,
    answers: { ContentPacks: () => toPacks(packs()), ...answers },
  })
}

const choose = (text: string): void => {
  const input = screen.getByLabelText('Pack file')
  Object.defineProperty(input, 'files', { value: [new File([text], 'pack.json')] })
  // With compat loaded, `fireEvent.change` sends another event.
  fireEvent(input, new Event('change', { bubbles: true }))
}

describe('who may bring packs in', () => {
  it('is whoever has Pro or runs the installation; others are shown the way to Pro, and nothing is asked', () => {
    const { server } = renderPage(<PacksPage />)
    expect(screen.getByRole('link', { name: 'Look at plans' }).getAttribute('href')).toBe('/plan')
    expect(screen.queryByLabelText('Pack file')).toBeNull()
    expect(server.asked).toEqual([])
    cleanup()
    renderPage(<PacksPage />, { account: { viewer: { ...viewer, entitlement: 'PRO' } } })
    expect(screen.getByLabelText('Pack file')).toBeTruthy()
  })
})

describe('bringing a pack in', () => {
  const json = '{\n  "version": "1.0",\n  "questions": [\n    { "id": "a" },\n    {\n      "id": "b"\n    }\n  ]\n}'
  const refusal: Answers = {
    UploadContentPack: () => ({
      uploadContentPack: {
        __typename: 'InvalidInputFault',
        code: 'INVALID_INPUT',
        message: 'This content pack has faults. Mend them and upload it again.',
        issues: [
          { __typename: 'InputIssue', path: ['questions', '1', 'prompt'], message: 'This is missing.' },
          { __typename: 'InputIssue', path: ['version'], message: 'This must be a semantic version.' },
          { __typename: 'InputIssue', path: [], message: 'There are more.' },
        ],
      },
    }),
  }

  it('shows every fault with its path, its line and what stands there', async () => {
    renderPacks(() => [active], refusal)
    choose(json)
    const faults = within(await screen.findByRole('list', { name: 'Faults in the file' })).getAllByRole('listitem')
    expect(faults.map((fault) => [...fault.querySelectorAll('code, .badge')].map((part) => part.textContent))).toEqual([
      ['questions[1].prompt', 'Line 5', '{'],
      ['version', 'Line 2', '"version": "1.0",'],
      ['The whole file'],
    ])
    expect(faults[0]?.textContent).toContain('This is missing.')
    expect(screen.getByRole('alert').textContent).toContain('pack.json was not brought in: 3 faults.')
  })

  it('takes a dropped file as well, and shows the draft in the list', async () => {
    const packs = [active]
    const { server } = renderPacks(() => packs, {
      UploadContentPack: () => {
        packs.unshift(toPack('2.0.0'))
        return { uploadContentPack: { __typename: 'ContentPackPayload', contentPack: toPack('2.0.0') } }
      },
    })
    await screen.findByRole('heading', { name: 'Residency' })
    const file = new File(['{"version": "2.0.0"}'], 'pack.json')
    const drop = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
      dataTransfer: { files: [file] },
    })
    fireEvent(screen.getByText('Drop a pack here, or choose a file'), drop)
    expect(drop.defaultPrevented).toBe(true)
    await screen.findByText('“Job interviews” 2.0.0 is here.')
    expect(screen.getByRole('heading', { name: 'Job interviews' })).toBeTruthy()
    expect(server.asked.find(({ name }) => name === 'UploadContentPack')?.variables).toEqual({
      input: { json: '{"version": "2.0.0"}' },
    })
  })

  it('sends no file that is too large to be a pack', async () => {
    const { server } = renderPacks(() => [active], refusal)
    choose('x'.repeat(1024 * 1024 + 1))
    expect((await screen.findByRole('alert')).textContent).toContain('at most 1 MiB')
    expect(server.asked.map(({ name }) => name)).not.toContain('UploadContentPack')
  })

  it('tells another pack of the same version from a fault in the file', async () => {
    const message = 'There is another pack “job” of version 1.0.0 already.'
    renderPacks(() => [active], {
      UploadContentPack: () => ({ uploadContentPack: { __typename: 'ConflictFault', code: 'CONFLICT', message } }),
    })
    choose('{}')
    expect((await screen.findByRole('alert')).textContent).toContain(message)
    expect(screen.queryByRole('list', { name: 'Faults in the file' })).toBeNull()
  })
})

describe('the questions of a version', () => {
  const open = (status: PackPartsFragment['status']) => {
    const pack = toPack('2.0.0', { status })
    const PackQuestions: Answers['PackQuestions'] = ({ id }) => ({
      node: { __typename: 'ContentPack', id, questions: [toQuestion('a conflict', { prompt: 'Why?' })] },
    })
    renderPacks(() => [pack], { PackQuestions })
    return screen.findByRole('button', { name: 'Questions of Job interviews 2.0.0' }).then(fireEvent.click)
  }

  it('of a draft can be tried', async () => {
    await open('DRAFT')
    const link = await screen.findByRole('link', { name: 'Why?' })
    expect(link.getAttribute('href')).toMatch(/^\/drills\/.*a%20conflict/)
  })

  it('of an archived one can only be read', async () => {
    await open('ARCHIVED')
    await screen.findByText('Why?', { exact: false })
    expect(screen.queryByRole('link', { name: 'Why?' })).toBeNull()
  })
})

describe('choosing what is drilled', () => {
  it('says what is replaced before it is, and shows both packs as they stand afterwards', async () => {
    let packs = [toPack('2.0.0'), active]
    const { server } = renderPacks(() => packs, {
      ActivateContentPack: () => {
        const contentPack = toPack('2.0.0', { status: 'ACTIVE', canActivate: false, canArchive: false })
        packs = [contentPack, { ...active, status: 'ARCHIVED', canActivate: true }]
        return { activateContentPack: { __typename: 'ContentPackPayload', contentPack } }
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Activate Job interviews 2.0.0' }))
    expect(screen.getByText(/“Job interviews” 2\.0\.0 replaces “Residency” 1\.0\.0/)).toBeTruthy()
    expect(server.asked.map(({ name }) => name)).not.toContain('ActivateContentPack')
    fireEvent.click(screen.getByRole('button', { name: 'Yes, activate' }))
    await screen.findByText('Archived')
    const job = screen.getByRole('region', { name: 'Job interviews' })
    expect(within(job).getByText('Active')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Activate Residency 1.0.0' })).toBeTruthy()
  })

  it('says why it could not be, and changes nothing', async () => {
    const message = 'Somebody else is changing the active pack right now.'
    renderPacks(() => [toPack('2.0.0'), active], {
      ActivateContentPack: () => ({ activateContentPack: { __typename: 'ConflictFault', code: 'CONFLICT', message } }),
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Activate Job interviews 2.0.0' }))
    fireEvent.click(screen.getByRole('button', { name: 'Yes, activate' }))
    expect((await screen.findByRole('alert')).textContent).toBe(message)
    expect(screen.getByText('Draft')).toBeTruthy()
  })

  it('offers only what the server allows', async () => {
    renderPacks(() => [toPack('2.0.0', { canActivate: false }), active])
    await screen.findByRole('button', { name: 'Archive Job interviews 2.0.0' })
    expect(screen.queryByRole('button', { name: /^Activate/ })).toBeNull()
    expect(screen.queryByRole('button', { name: /^(Activate|Archive) Residency/ })).toBeNull()
  })

  it('warns where there is nothing to drill', async () => {
    renderPacks(() => [toPack('2.0.0')])
    await screen.findByText(/No pack is active/)
  })

  it('puts a draft away after asking', async () => {
    let packs = [toPack('2.0.0'), active]
    renderPacks(() => packs, {
      ArchiveContentPack: () => {
        const contentPack = toPack('2.0.0', { status: 'ARCHIVED', canArchive: false })
        packs = [contentPack, active]
        return { archiveContentPack: { __typename: 'ContentPackPayload', contentPack } }
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Archive Job interviews 2.0.0' }))
    fireEvent.click(screen.getByRole('button', { name: 'Yes, archive' }))
    await screen.findByText('Archived')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Yes, archive' })).toBeNull())
  })
})

describe('two versions', () => {
  it('are compared question by question', async () => {
    const questions = {
      '1.0.0': [toQuestion('kept'), toQuestion('gone'), toQuestion('reworded')],
      '1.1.0': [toQuestion('kept'), toQuestion('reworded', { prompt: 'Why us?' }), toQuestion('new')],
    }
    renderPacks(() => [toPack('1.1.0'), toPack('1.0.0'), active], {
      PackQuestions: ({ id }) => {
        const version = id.endsWith('1.1.0') ? '1.1.0' : '1.0.0'
        return { node: { __typename: 'ContentPack', id, questions: questions[version] } }
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Compare versions' }))
    await screen.findByText('1 added, 1 removed, 1 changed, 1 the same')
    expect(within(screen.getByRole('list', { name: 'Added' })).getByText('What of new?')).toBeTruthy()
    expect(within(screen.getByRole('list', { name: 'Removed' })).getByText('What of gone?')).toBeTruthy()
    expect(screen.getByText('What of reworded?').tagName).toBe('DEL')
    expect(screen.getByText('Why us?', { selector: 'ins' })).toBeTruthy()
  })
})
