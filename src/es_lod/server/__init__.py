"""The server of a published site: `es-lod serve`.

`app` says what answers which address, `run` is the process. Below them:

- `resolution`, `negotiation` and `files` answer with the files of the folder, as the rules for
  Apache and nginx do; `current` takes a rebuilt folder over as a whole
- `sparql` is the endpoint: `protocol` reads requests, `description` says what it can do, and
  `page/` shows it to people
- `pool` answers questions in processes of their own, which `keeper` starts and `worker` is
- `reconcile/` is what OpenRefine asks
- `guarding`, `cors` and `patience` stand around all answers; `bodies` and `questions` are shared
"""
