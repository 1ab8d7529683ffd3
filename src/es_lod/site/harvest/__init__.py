"""What portals and crawlers take: the catalogue, and the same in the form of each portal."""
