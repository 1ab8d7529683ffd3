"""A social co-operative, its founder and its centre, from Python objects to files and back."""

import es_lod
from es_lod import Association, Dataset, SocialCooperative, SocialIntegrationCentre

founder = Association(id="emagra", name="Stowarzyszenie eMagra")
serwis = SocialCooperative(
    id="serwis", name="Spółdzielnia Socjalna SerwiS", founding_date="2014", founders=[founder]
)
centre = SocialIntegrationCentre(id="cis-serwis", name="CIS Serwis", operator=serwis)

dataset = Dataset([centre])
print(dataset.validate().summary())
dataset.save("serwis.ttl")
assert es_lod.load("serwis.ttl") == dataset
