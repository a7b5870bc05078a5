import type { Callable } from '../python/call.ts'
import { defineFilter } from '../python/signature.ts'
import * as html from './html.ts'
import { toJson } from './json.ts'
import * as numbers from './numbers.ts'
import * as ordering from './ordering.ts'
import { pprint } from './pprint.ts'
import * as selection from './selection.ts'
import * as sequences from './sequences.ts'
import * as strings from './strings.ts'
import { softText } from './text-results.ts'
import { urlize } from './urlize.ts'
import * as values from './values.ts'
import { wordWrap } from './wordwrap.ts'

const WITH_CONTEXT = { pass: 'context' } as const
const WITH_EVAL_CONTEXT = { pass: 'evalContext' } as const
const WITH_ENVIRONMENT = { pass: 'environment' } as const

const escape_ = defineFilter('escape(s, /)', html.escapeFilter)
const length = defineFilter('len(obj, /)', sequences.length)
const default_ = defineFilter('do_default(value, default_value?, boolean?)', values.defaultFilter)

/** Jinja's filters by their names; every environment starts with a copy. */
export const FILTERS: Readonly<Record<string, Callable>> = Object.freeze({
  abs: defineFilter('abs(x, /)', numbers.abs),
  attr: defineFilter('do_attr(obj, name)', values.attr, WITH_ENVIRONMENT),
  batch: defineFilter('do_batch(value, linecount, fill_with?)', sequences.batch, WITH_ENVIRONMENT),
  capitalize: defineFilter('do_capitalize(s)', strings.capitalizeFilter),
  center: defineFilter('do_center(value, width?)', strings.centerFilter, WITH_ENVIRONMENT),
  count: length,
  d: default_,
  default: default_,
  dictsort: defineFilter('do_dictsort(value, case_sensitive?, by?, reverse?)', ordering.dictSort),
  e: escape_,
  escape: escape_,
  filesizeformat: defineFilter('do_filesizeformat(value, binary?)', numbers.fileSizeFormat),
  first: defineFilter('do_first(seq)', sequences.first, WITH_ENVIRONMENT),
  float: defineFilter('do_float(value, default?)', numbers.floatFilter),
  forceescape: defineFilter('do_forceescape(value)', html.forceEscape),
  format: defineFilter('do_format(value, *args, **kwargs)', strings.formatFilter, WITH_ENVIRONMENT),
  groupby: defineFilter(
    'do_groupby(value, attribute, default?, case_sensitive?)',
    ordering.groupBy,
    WITH_ENVIRONMENT,
  ),
  indent: defineFilter('do_indent(s, width?, first?, blank?)', strings.indent, WITH_ENVIRONMENT),
  int: defineFilter('do_int(value, default?, base?)', numbers.intFilter),
  items: defineFilter('do_items(value)', values.items),
  join: defineFilter('do_join(value, d?, attribute?)', sequences.join, WITH_EVAL_CONTEXT),
  last: defineFilter('do_last(seq)', sequences.last, WITH_ENVIRONMENT),
  length,
  list: defineFilter('do_list(value)', sequences.list),
  lower: defineFilter('do_lower(s)', strings.lower),
  map: defineFilter('do_map(value, *args, **kwargs)', selection.map, WITH_CONTEXT),
  max: defineFilter('do_max(value, case_sensitive?, attribute?)', ordering.max, WITH_ENVIRONMENT),
  min: defineFilter('do_min(value, case_sensitive?, attribute?)', ordering.min, WITH_ENVIRONMENT),
  pprint: defineFilter('do_pprint(value)', pprint),
  random: defineFilter('do_random(seq)', sequences.random, WITH_CONTEXT),
  reject: defineFilter('do_reject(value, *args, **kwargs)', selection.rejectFilter, WITH_CONTEXT),
  rejectattr: defineFilter('do_rejectattr(value, *args, **kwargs)', selection.rejectAttrFilter, WITH_CONTEXT),
  replace: defineFilter('do_replace(s, old, new, count?)', strings.replaceFilter, WITH_EVAL_CONTEXT),
  reverse: defineFilter('do_reverse(value)', sequences.reverse),
  round: defineFilter('do_round(value, precision?, method?)', numbers.round),
  safe: defineFilter('do_mark_safe(value)', html.safe),
  select: defineFilter('do_select(value, *args, **kwargs)', selection.selectFilter, WITH_CONTEXT),
  selectattr: defineFilter('do_selectattr(value, *args, **kwargs)', selection.selectAttrFilter, WITH_CONTEXT),
  slice: defineFilter('do_slice(value, slices, fill_with?)', sequences.sliceFilter, WITH_ENVIRONMENT),
  sort: defineFilter(
    'do_sort(value, reverse?, case_sensitive?, attribute?)',
    ordering.sort,
    WITH_ENVIRONMENT,
  ),
  string: defineFilter('soft_str(s, /)', softText),
  striptags: defineFilter('do_striptags(value)', html.stripTagsFilter),
  sum: defineFilter('do_sum(iterable, attribute?, start?)', ordering.sum, WITH_ENVIRONMENT),
  title: defineFilter('do_title(s)', strings.titleFilter),
  tojson: defineFilter('do_tojson(value, indent?)', toJson, WITH_EVAL_CONTEXT),
  trim: defineFilter('do_trim(value, chars?)', strings.trim),
  truncate: defineFilter(
    'do_truncate(s, length?, killwords?, end?, leeway?)',
    strings.truncate,
    WITH_ENVIRONMENT,
  ),
  unique: defineFilter('do_unique(value, case_sensitive?, attribute?)', ordering.unique, WITH_ENVIRONMENT),
  upper: defineFilter('do_upper(s)', strings.upper),
  urlencode: defineFilter('do_urlencode(value)', html.urlEncode),
  urlize: defineFilter(
    'do_urlize(value, trim_url_limit?, nofollow?, target?, rel?, extra_schemes?)',
    urlize,
    WITH_EVAL_CONTEXT,
  ),
  wordcount: defineFilter('do_wordcount(s)', strings.wordCount),
  wordwrap: defineFilter(
    'do_wordwrap(s, width?, break_long_words?, wrapstring?, break_on_hyphens?)',
    wordWrap,
    WITH_ENVIRONMENT,
  ),
  xmlattr: defineFilter('do_xmlattr(d, autospace?)', html.xmlAttr, WITH_EVAL_CONTEXT),
})
