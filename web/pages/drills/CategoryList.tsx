import type { DrillFeedbackFragment } from '../../gql/documents.ts'

/** The seven categories at a glance, each with where the answer shows it, or what would. */
export function CategoryList({ categories }: Pick<DrillFeedbackFragment, 'categories'>) {
  const passed = categories.filter(({ passFlag }) => passFlag === 'PASS').length
  return (
    <section class="scores" aria-labelledby="categories-title">
      <h3 id="categories-title">
        What your answer shows: {passed} of {categories.length}
      </h3>
      <ul class="categories card">
        {categories.map(({ name, passFlag, note }) => (
          <li key={name} class="category">
            <span class="category__name">{name}</span>
            <span class={passFlag === 'PASS' ? 'badge badge--good' : 'badge badge--warning'}>
              {passFlag === 'PASS' ? 'Shown' : 'Missing'}
            </span>
            <span class="category__note soft small">{note}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
