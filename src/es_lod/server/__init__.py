"""The server of a published site: `es-lod serve`.

`app` says what answers which address, `run` is the process, which `stopping` ends. Below them:

- `resolution`, `negotiation` and `files` answer with the files of the folder, as the rules for
  Apache and nginx do; `current` takes a rebuilt folder over as a whole, and `serving` is what
  answers questions to one edition
- `sparql` is the endpoint: `protocol` reads requests, `description` and `graphs` say what it can
  do, `page/` shows it to people
- `pool/` answers questions in processes of their own
- `reconcile/` is what OpenRefine asks
- `guarding`, `cors` and `patience` stand around all answers
- `bodies`, `opened`, `published`, `questions` and `reached` are shared; `preparing` makes a site of
  any input
"""
