"""Publishing: the site of a dataset, as files for any static host.

`build` writes what the rooms make of an `Edition`; `addresses` says where all of it is, `settings`
what the publisher states. The rooms, of which each imports only those above it:

- `editions/`: what changed, what was removed, what stays as it was written
- `downloads/`: what people and programs take away: documents, dumps, tables, calendar, map
- `facts/`: what is found out of an edition before it is shown
- `harvest/`: the catalogue, and the same in the form of each portal; what crawlers look for
- `schema_org/`: records and dataset in the words of search engines
- `drawings/`: pictures of the facts
- `pages/`: what people read, from the templates in `layouts/`

Beside them `copies` has what the data are described with, `servers` what a server has to know, and
`rules` the same for Apache and nginx, `served` what only our own shows, `assets` the style and the
search.
"""
