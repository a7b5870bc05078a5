/** A page of a thousand lines as it stands in a site: markup with values, conditions, loops, filters and macros. */

const section = (n: number): string => `<section id="part-${n}">
  {% block part_${n} %}
  <h2>{{ title|upper }} <small>{{ loop_count|default(${n}) }}</small></h2>
  {% if user and user.is_admin %}
    <a class="edit" href="{{ url_for('edit', part=${n}) }}">Edit part ${n}</a>
  {% elif user %}
    <span>{{ user.name }}</span>
  {% else %}
    <em>Nobody is here</em>
  {% endif %}
  {% for item in items %}
    <p class="{{ loop.cycle('odd', 'even') }}">{{ loop.index }}. {{ item.name|escape }}: {{ item.price * 2 + ${n} }}</p>
    {% if not loop.last %}<hr>{% endif %}
  {% endfor %}
  {% set total_${n} = items|length + ${n} %}
  <p>{{ total_${n} }} of {{ items|join(', ') }}, {{ 'yes' if total_${n} > 3 else 'no' }}</p>
  {% endblock %}
  {% macro field_${n}(name, value='', type='text') %}<input name="{{ name }}" value="{{ value }}" type="{{ type }}">{% endmacro %}
  {{ field_${n}('a', value=title) }}
</section>`

/** The source: 50 sections of 20 lines. */
export const longPage = Array.from({ length: 50 }, (_, n) => section(n)).join('\n')
