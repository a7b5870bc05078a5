/** The pages of the bench, and what they show. */

/** Text that needs escaping in one place, as user input does. */
const messages = [
  'fortune: No such file or directory',
  "A computer scientist is someone who fixes things that aren't broken.",
  'After enough decimal places, nobody gives a damn.',
  'A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1',
  'A computer program does what you tell it to do, not what you want it to do.',
  'Emacs is a nice operating system, but I prefer UNIX. — Tom Christaensen',
  'Any program that runs right is obsolete.',
  'A list is only as strong as its weakest link. — Donald Knuth',
  'Feature: A bug with seniority.',
  'Computers make very fast, very accurate mistakes.',
  '<script>alert("This should not be displayed in a browser alert box.");</script>',
  'フレームワークのベンチマーク',
]

/** What each page is rendered with. */
export const pages: Readonly<Record<string, object>> = {
  fortunes: { fortunes: messages.map((message, id) => ({ id, message })) },
  inheritance: {
    title: 'Chairs & tables',
    user: { name: 'Ada <ada@example.com>' },
    nav: ['Home', 'Chairs', 'Tables', 'Lamps'].map((caption) => ({
      caption,
      href: `/${caption.toLowerCase()}`,
    })),
    products: Array.from({ length: 10 }, (_, i) => ({ name: `Chair "${i}"`, price: 10 + i })),
  },
  form: {
    fields: Array.from({ length: 20 }, (_, i) => ({
      name: `field${i}`,
      label: `Field ${i}`,
      value: i % 3 === 0 ? '"quoted"' : `value ${i}`,
      type: 'text',
      required: i % 2 === 0,
    })),
  },
  table: {
    rows: Array.from({ length: 1000 }, (_, r) =>
      Array.from({ length: 5 }, (_, c) => (c === 0 ? r : `cell ${r}:${c}`)),
    ),
  },
}
