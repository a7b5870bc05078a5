const words = (
  'a ac accumsan ad adipiscing aenean aliquam aliquet amet ante aptent arcu at auctor augue bibendum ' +
  'blandit class commodo condimentum congue consectetuer consequat conubia convallis cras cubilia cum ' +
  'curabitur curae cursus dapibus diam dictum dictumst dignissim dis dolor donec dui duis egestas ' +
  'eget eleifend elementum elit enim erat eros est et etiam eu euismod facilisi facilisis fames ' +
  'faucibus felis fermentum feugiat fringilla fusce gravida habitant habitasse hac hendrerit ' +
  'hymenaeos iaculis id imperdiet in inceptos integer interdum ipsum justo lacinia lacus laoreet ' +
  'lectus leo libero ligula litora lobortis lorem luctus maecenas magna magnis malesuada massa mattis ' +
  'mauris metus mi molestie mollis montes morbi mus nam nascetur natoque nec neque netus nibh nisi ' +
  'nisl non nonummy nostra nulla nullam nunc odio orci ornare parturient pede pellentesque penatibus ' +
  'per pharetra phasellus placerat platea porta porttitor posuere potenti praesent pretium primis ' +
  'proin pulvinar purus quam quis quisque rhoncus ridiculus risus rutrum sagittis sapien scelerisque ' +
  'sed sem semper senectus sit sociis sociosqu sodales sollicitudin suscipit suspendisse taciti ' +
  'tellus tempor tempus tincidunt torquent tortor tristique turpis ullamcorper ultrices ultricies ' +
  'urna ut varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat vulputate'
).split(' ')

const below = (limit: number): number => Math.floor(Math.random() * limit)

const between = (least: number, most: number): number => least + below(most - least)

function differentWord(last: string): string {
  while (true) {
    const word = words[below(words.length)] as string
    if (word !== last) return word
  }
}

function paragraph(least: number, most: number): string {
  const length = most > least ? between(least, most) : least
  const result: string[] = []
  let last = ''
  let startsSentence = true
  let lastComma = 0
  let lastStop = 0
  for (let index = 0; index < length; index++) {
    last = differentWord(last)
    let word = startsSentence ? last.charAt(0).toUpperCase() + last.slice(1) : last
    startsSentence = false
    if (index - between(3, 8) > lastComma) {
      lastComma = index
      lastStop += 2
      word += ','
    }
    if (index - between(10, 20) > lastStop) {
      lastComma = index
      lastStop = index
      word += '.'
      startsSentence = true
    }
    result.push(word)
  }
  const text = result.join(' ')
  return text.endsWith('.') ? text : `${text.replace(/,$/, '')}.`
}

/**
 * Paragraphs of blind text.
 *
 * @param least The fewest words in a paragraph.
 * @param most One more than the most words.
 */
export function lipsum(count: number, least: number, most: number): string[] {
  return Array.from({ length: count }, () => paragraph(least, most))
}
