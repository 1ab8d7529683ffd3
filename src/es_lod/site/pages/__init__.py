"""Pages for people, each in Polish and in English."""
