"""Questions answered by processes of their own, each of which can be ended without harm to others.

- `answering` all of it: a question in, a file with its answer out
- `attempts` a question on its way through the levels
- `levels` how long questions may run, and in which order they wait
- `supplies` workers as the pool sees them; `forked` by a keeper or `spawned` one by one; `stock`
  has some ready
- `keeper` the process that holds the store and forks the workers
- `worker` a process that answers one question after another; `confining` what it may not do
- `counting` an answer on its way into a file, counted as it is written
- `loading` the files of a server as one in-memory store
"""
