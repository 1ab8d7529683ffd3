"""`python -m es_lod.cli`, where the command is not on the path."""

from es_lod.cli import main

main()
