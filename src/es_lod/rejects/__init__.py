"""What `map --keep-going` leaves out, in the form that it came in, to be mended and fed again.

One file for each input: rows of a table with a last column `problem`, lines of JSON Lines with a
key `$problem`. Records of other documents become JSON Lines, those of RDF N-Triples with comments.
A PESEL is blotted out, and the mask is refused as the number was.
"""

from es_lod.rejects.folder import Rejects, rejecting

__all__ = ["Rejects", "rejecting"]
