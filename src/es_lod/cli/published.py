"""What `publish` says: its help, and what there is to do with a site."""

from typing import Final

TEXTS: Final = {
    "publish": (
        "Zapisuje stronę danych w folderze, gotową do umieszczenia na serwerze.\n\n"
        "Strony po polsku i po angielsku dla ludzi; dla portali i wyszukiwarek katalog DCAT-AP, "
        "pliki dla dane.gov.pl i CKAN, całość w sześciu postaciach RDF i w tabelach. Ustawienia są "
        "w pliku site.yaml w folderze danych (es-lod new site.yaml): base, url, title i publisher "
        "są wymagane. Dane muszą być zgodne. Poprzednia strona zostaje, dopóki nowa nie jest cała; "
        "zapisuje się tylko to, co się zmieniło, a po usuniętym rekordzie zostaje ślad.\n\n"
        "\b\nPrzykład:\n"
        "  es-lod publish dane -o strona --date 2026-11-23",
        "Write the site of the data into a folder, ready to be put on a server.\n\n"
        "Pages in Polish and English for people; for portals and search engines a DCAT-AP "
        "catalogue, the files of dane.gov.pl and CKAN, the whole in six forms of RDF and as "
        "tables. The settings stand in site.yaml in the folder of the data (es-lod new site.yaml): "
        "base, url, title and publisher are required. The data has to conform. The former site "
        "stays until the new one is whole; only what changed is written, and a removed record "
        "leaves a trace.\n\n"
        "\b\nExample:\n"
        "  es-lod publish data -o site --date 2026-11-23",
    ),
    "publishing": ("Publikowanie", "Publishing"),
    "SITE": ("STRONA", "SITE"),
    "DAY": ("DZIEŃ", "DAY"),
    "site": ("Folder strony.", "The folder of the site."),
    "edition": (
        "Dzień wydania, zamiast podanego w site.yaml.",
        "The day of the edition, instead of that in site.yaml.",
    ),
    "publish-jobs": (
        "Ile procesów zapisuje strony; domyślnie tyle, ile jest rdzeni. Bajty są te same.",
        "How many processes write the pages; by default as many as there are cores. The bytes are "
        "the same.",
    ),
    "no-settings": (
        "Nie ma pliku {} z ustawieniami strony; utwórz go: es-lod new site.yaml.",
        "There is no {} with the settings of the site; make it: es-lod new site.yaml.",
    ),
    "progress-pages": (
        "Zapisywanie stron: {records:rekord|rekordy|rekordów}",
        "Writing the pages: {records:record|records}",
    ),
    "published": (
        "Strona w folderze {site}: {records:rekord|rekordy|rekordów}, "
        "{files:plik|pliki|plików}, {size} MB; nowe lub zmienione: {changed}.",
        "The site in {site}: {records:record|records}, {files:file|files}, {size} MB; new or "
        "changed: {changed}.",
    ),
    "look": (
        "otwórz {page} w przeglądarce; z zapytaniami: es-lod serve {site}",
        "open {page} in a browser; with queries: es-lod serve {site}",
    ),
    # Opened from a disk, no link to a record would lead anywhere.
    "look-spread": ("es-lod serve {site}", "es-lod serve {site}"),
    "next": (
        "Co dalej:\n"
        "  1. Obejrzyj stronę: {look}\n"
        "  2. Umieść całą zawartość folderu na serwerze, także .htaccess i .well-known, których "
        "niektóre programy nie pokazują, tak aby strona otwierała się pod adresem {url} "
        "(reguły dla serwera Apache są w .htaccess, dla nginx w nginx.conf).\n"
        "  3. dane.gov.pl: zgłoś portalowi, jako dostawca, źródło danych typu XML: "
        "{url}harvest/danegov.xml\n"
        "  4. data.europa.eu pobiera dane z dane.gov.pl; portalom opartym na CKAN podaj katalog: "
        "{url}catalog.ttl\n"
        "Zachowaj folder: następne wydanie bierze z niego, co się zmieniło i co usunięto. Po "
        "zmianie danych uruchom to samo polecenie jeszcze raz, z nowym dniem wydania (--date).",
        "What to do next:\n"
        "  1. Look at the site: {look}\n"
        "  2. Put all that is in the folder on a server, also .htaccess and .well-known, which "
        "some programs do not show, so that the site opens at {url} "
        "(.htaccess has the rules for Apache, nginx.conf those for nginx).\n"
        "  3. dane.gov.pl: report to the portal, as a provider, a source of the type XML: "
        "{url}harvest/danegov.xml\n"
        "  4. data.europa.eu takes what dane.gov.pl has; give portals that run CKAN the catalogue: "
        "{url}catalog.ttl\n"
        "Keep the folder: it tells the next edition what changed and what was removed. When the "
        "data changes run the same command again, with a new day of the edition (--date).",
    ),
    "spread": (
        "Pliki rekordów leżą w podfolderach; adresy rekordów pozostają te same. Taka strona wymaga "
        "serwera z regułami (.htaccess albo nginx.conf); na tym komputerze pokaże ją es-lod serve. "
        "Gdy serwer nie zna reguł, wpisz w site.yaml spread: false.",
        "The files of records lie in folders; the addresses of records stay the same. Such a site "
        "needs a server with the rules (.htaccess or nginx.conf); on this computer es-lod serve "
        "shows it. Where the server knows no rules, write spread: false into site.yaml.",
    ),
    "moved": (
        "W poprzednim wydaniu pliki rekordów leżały w innych miejscach: zastąp cały folder na "
        "serwerze, a serwerowi nginx daj nowy nginx.conf.",
        "In the former edition the files of records lay in other places: replace the whole folder "
        "on the server and, for nginx, its rules with the new nginx.conf.",
    ),
    "serve": (
        "Udostępnia stronę danych pod adresem w przeglądarce, z endpointem SPARQL.\n\n"
        "STRONA to folder z publish; z innego WEJŚCIA strona powstaje od razu, do obejrzenia. "
        "Dane połączone z wyborem formatu (Accept), zapytania pod /sparql, uzgadnianie nazw dla "
        "OpenRefine pod /reconcile. Pliki RDF obok STRONY zachowują swoje grafy. Gdy publish "
        "zastąpi folder, nowe wydanie jest podawane od razu.\n\n"
        "\b\nPrzykłady:\n"
        "  es-lod serve strona\n"
        "  es-lod serve rekordy.xlsx --port 8001\n\n"
        "Ctrl+C zatrzymuje serwer.",
        "Serve the site of the data over HTTP, with a SPARQL endpoint.\n\n"
        "SITE is a folder that publish wrote; of another INPUT a site is made at once, to look "
        "at. Linked data with negotiation of formats (Accept), queries at /sparql, reconciliation "
        "for OpenRefine at /reconcile. Files of RDF beside a SITE keep their graphs. When publish "
        "replaces the folder, the new edition is served at once.\n\n"
        "\b\nExamples:\n"
        "  es-lod serve site\n"
        "  es-lod serve records.xlsx --port 8001\n\n"
        "Ctrl+C stops the server.",
    ),
    "HOST": ("ADRES", "HOST"),
    "PORT": ("NUMER", "N"),
    "port": ("Numer portu; 0 to dowolny wolny.", "The port; 0 is any free one."),
    "host": (
        "Adres, na którym serwer słucha; 0.0.0.0 to wszystkie, także z sieci.",
        "The address to listen on; 0.0.0.0 is all of them, from the network too.",
    ),
    "federated": (
        "Pozwól zapytaniom pytać inne endpointy (SERVICE).",
        "Let queries ask other endpoints (SERVICE).",
    ),
    "no-extra": (
        "Serwer wymaga pakietów, których nie ma ({}); zainstaluj: pip install 'es-lod[serve]'",
        "The server needs packages that are missing ({}); install: pip install 'es-lod[serve]'",
    ),
    "no-port": (
        "Nie można słuchać na {}, port {} ({}); podaj inny: --port lub --host.",
        "Cannot listen on {}, port {} ({}); give another: --port or --host.",
    ),
    "own-base": (
        "Strona ma już początek adresów rekordów, {}; --base jest dla innego WEJŚCIA.",
        "The site has its records' base already, {}; --base is for another INPUT.",
    ),
    "started": (
        "Strona: {url}\nZapytania SPARQL: {url}sparql\nOpenRefine: {url}reconcile\n"
        "Ctrl+C zatrzymuje serwer.",
        "The site: {url}\nSPARQL queries: {url}sparql\nOpenRefine: {url}reconcile\n"
        "Ctrl+C stops the server.",
    ),
    "stopped": ("Serwer zatrzymany.", "The server has stopped."),
}
"""Key → the Polish and the English text."""
