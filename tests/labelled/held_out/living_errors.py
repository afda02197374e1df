"""Living pages that speak of errors, domains and walls, or are named like them."""

from __future__ import annotations

from tests.labelled.held_out.pages import (
    Publisher,
    Story,
    bare,
    drupal,
    forum,
    government,
    living,
    news,
    shop,
    static,
    typo3,
    university,
    wiki,
    wordpress,
)

CASES = (
    living(
        "alive_article_on_designing_404_pages",
        "designing a better 404 page",
        Publisher(
            "a-papercrane.test",
            "Papercrane Web Studio",
            "Two people in Leith who build sites for museums, clubs and small schools.",
            wordpress,
            ("Work", "Journal", "Contact"),
            others=("Forms that people finish", "Alt text for maps", "What our hosting costs"),
            kilobytes=18,
        ),
        Story(
            "/journal/page-not-found-design/",
            "Page not found: how to make a 404 page that helps",
            """
Last spring a county archive asked us why so many of its visitors left after a single click. We
looked at the logs, and one in nine of them had landed on a bare white page that said "404 Not
Found" and nothing else. Nobody had ever drawn that page. Nobody had even looked at it.

## Say what happened, in plain words

"Sorry, the page you are looking for cannot be found" is fine. "Error 404: resource unavailable"
is not, because it sounds as if the visitor had broken something. We wrote three versions and read
them aloud to the volunteers in the reading room; the one that made them laugh was kept.

## Offer the next step

- a search box that already holds the words of the broken address
- the five pages most people want
- the telephone number of a human being

## Send the right status

The page may be as pretty as you like, it must still answer with status 404. A page that says "not
found" with status 200 is a soft 404, and search engines will keep it for years.
""",
        ),
        captured=("20210611084210", "20240302191501"),
    ),
    living(
        "alive_highway_number_404",
        "the building of Highway 404",
        Publisher(
            "a-yorkroads.test",
            "Don Mills Local History Society",
            "We collect photographs, maps and memories of the villages north of the city.",
            drupal,
            ("Walks", "Photographs", "Publications", "Membership"),
            others=("The brickworks", "German Mills in 1851", "Our autumn lectures"),
        ),
        Story(
            "/history/roads/404",
            "404",
            """
The 404 was never meant to be a commuter road. When the first section opened in 1977, the fields
on both sides were still under corn, and the farmer at the Steeles Avenue end sold sweet peas from
a table on the hard shoulder until the police asked him to stop.

Planning had begun in the fifties as a relief for Woodbine Avenue. The route was moved twice: once
to spare the German Mills settlement, and once because the borings found running sand where the
bridge over the creek was to stand.

Our society holds 212 photographs of the works, most of them taken by Mrs. Audrey Pell from her
kitchen window. They can be seen by appointment on Thursday afternoons.
""",
            heading="Highway 404",
        ),
    ),
    living(
        "alive_product_named_404",
        "No. 404 low-angle jack plane",
        Publisher(
            "a-harrowplanes.test",
            "Harrow & Daughter, toolmakers",
            "Hand planes made one at a time in a former chapel near Otley.",
            shop,
            ("Planes", "Irons", "Sharpening", "Seconds"),
            others=("No. 102 block plane", "No. 208 shoulder plane", "Spare iron, 44 mm"),
            kilobytes=40,
        ),
        Story(
            "/products/404",
            "404",
            """
A low-angle jack for end grain and shooting boards. The body is ductile iron, stress-relieved for
six weeks before it is ground; the iron is 5 mm of A2 steel bedded at twelve degrees.

- Length 356 mm, weight 2.1 kg
- Mouth adjustable from closed to 3 mm
- Handles of English walnut, oiled

Sold out until the March batch. We do not take deposits: write to us, and we will tell you when
yours is on the bench. GBP 265 including postage within the British Isles.
""",
        ),
    ),
    living(
        "alive_peugeot_404_museum",
        "l'histoire de la Peugeot 404",
        Publisher(
            "a-musee-sochaux-amis.test",
            "Les Amis du musée de Sochaux",
            "Association de passionnés d'histoire industrielle du pays de Montbéliard.",
            typo3,
            ("Collections", "Visites", "Bulletin"),
            language="fr",
            others=("La 203 décapotable", "Les ateliers de fonderie", "Adhérer à l'association"),
        ),
        Story(
            "/collections/404.html",
            "La 404 (1960-1975)",
            """
Présentée en mai 1960 à Paris, la 404 doit sa ligne tendue à Pininfarina. Ses ailerons discrets
ont vieilli bien mieux que ceux de ses rivales, et l'on en croise encore sur les pistes du Sahel.

Notre exemplaire, une berline grise de 1963, a appartenu à un instituteur d'Audincourt qui notait
chaque plein dans un cahier. Le cahier est exposé à côté de la voiture : on y lit le prix de
l'essence, les pannes, les vacances, et une fois la naissance d'une fille.

La restauration a demandé deux hivers. Le moteur à injection a été refait par les élèves du lycée
professionnel, la sellerie par une bénévole de quatre-vingt-un ans.
""",
        ),
        captured=("20190827101733",),
    ),
    living(
        "alive_error_path_in_encyclopedia",
        "HTTP-Statuscode 404",
        Publisher(
            "a-netzkunde.test",
            "Netzkunde",
            "Ein Nachschlagewerk für den Informatikunterricht der Oberstufe.",
            wiki,
            ("Protokolle", "Aufgaben", "Mitmachen"),
            language="de",
            others=("HTTP-Statuscode 301", "Zustandslosigkeit", "Wie ein Name zur Adresse wird"),
        ),
        Story(
            "/wiki/404_Not_Found",
            "404 Not Found",
            """
<b>404 Not Found</b> ist ein Statuscode des Hypertext Transfer Protocol. Ein Server sendet ihn,
wenn er unter der verlangten Adresse nichts findet oder nicht sagen will, ob es dort etwas gibt.

## Abgrenzung

Weiß der Server, dass es die Seite endgültig nicht mehr gibt, kann er stattdessen mit 410 Gone
antworten. In der Praxis tun das nur wenige, weil die Redaktionssysteme es nicht anbieten.

## Aufgaben

- Rufe mit den Entwicklerwerkzeugen deines Browsers drei erfundene Adressen auf und vergleiche die
Antworten.
- Warum kann eine Seite mit dem Text „Seite nicht gefunden“ den Status 200 haben? Wem schadet das?
- Entwirf eine Fehlerseite für die Schulhomepage.
""",
        ),
    ),
    living(
        "alive_book_called_page_not_found",
        "review of Page Not Found",
        Publisher(
            "a-thirdshelf.test",
            "The Third Shelf",
            "A school librarian reads so that you know what to borrow.",
            wordpress,
            ("Reviews", "By age", "About me"),
            others=("Ten books with maps in them", "The Salt Road", "Reading under the desk"),
            kilobytes=6,
        ),
        Story(
            "/2023/11/page-not-found/",
            "Page Not Found",
            """
Ines Calloway's third novel for readers from twelve up begins with a missing leaf. Somebody has cut
pages 217 and 218 out of every copy of a dull town chronicle, in every library of the county, and
fourteen-year-old Mo, who only wanted somewhere warm to sit, is the first to notice.

What follows is half detective story and half love letter to interlibrary loan. The librarians are
drawn from life: I know at least two of them. The middle sags a little when Mo learns to bind
books, though my Year 8 readers disagreed with me loudly on that.

Borrow it for anybody who liked The Westing Game. Four stars, and one more for the last line.
""",
        ),
        captured=("20240115220904",),
    ),
    living(
        "alive_null_results_no_results_found",
        "publishing null results",
        Publisher(
            "a-samplesize.test",
            "Sample Size",
            "Notes on statistics for people who have data and no statistician.",
            static,
            ("Notes", "Exercises", "Talks"),
        ),
        Story(
            "/notes/no-results-found/",
            "No results found: the case for publishing nothing",
            """
A drawer full of studies that found nothing is a finding. If twenty laboratories test the same
useless supplement, one of them will see p &lt; 0.05 by luck, and that one will be printed.

Suppose each study has eighty per cent power, and one hypothesis in ten is true. Work through the
table with pencil and paper: of a thousand tests, a hundred are of something real, and eighty are
detected; of the nine hundred others, forty-five turn up anyway. A third of all published "effects"
is then noise, before anybody has cheated.

Registered reports mend this by reviewing the question rather than the answer. The journal promises
to print whatever comes, and "we looked carefully, and there was nothing there" becomes a sentence
that one can build on.
""",
        ),
    ),
    living(
        "alive_access_denied_history",
        "women at the university before 1900",
        Publisher(
            "a-eastmoor-archives.test",
            "Eastmoor University Archives",
            "The records of the university and its colleges since 1834, open to all readers.",
            university,
            ("Collections", "Reading room", "Exhibitions"),
            others=("Chemistry notebooks", "Student magazines online", "Donating papers"),
        ),
        Story(
            "/exhibitions/access-denied.htm",
            "Access denied",
            """
In October 1869 three sisters from Selby asked to attend the lectures on botany. The minute book
records the answer in seven words, and the Senate then turned to the price of coal. This exhibition
follows the women who asked again.

Margaret Lyle listened from the instrument cupboard with the connivance of the demonstrator. Ada
Fenwick sat the examinations of 1882 and came second in a list that was printed without her name.
When degrees were at last opened in 1895, forty-one women took theirs on a single afternoon, some of
them grandmothers.

The cases hold letters, a herbarium, the cupboard key and the coal bill. Curated by second-year
students of history; the catalogue may be had at the desk.
""",
        ),
    ),
    living(
        "alive_under_construction_greenhouse",
        "building a greenhouse from old windows",
        Publisher(
            "a-muddyknees.test",
            "Muddy Knees",
            "An allotment on heavy clay, written up most Sundays.",
            wordpress,
            ("Plot diary", "Seeds", "Projects"),
            others=("Leeks that survived me", "Slugs, a treaty", "The compost that caught fire"),
            kilobytes=9,
        ),
        Story(
            "/projects/under-construction/",
            "Under construction",
            """
The greenhouse has walls. It has no roof, and the door opens the wrong way, but this morning I
drank my tea inside it and the wind stayed outside.

All the glass came from the skip behind the old clinic: eleven sash windows, no two of one size. I
laid them out on the lawn like a jigsaw and drew the frame around them, which is the wrong way round
and the only way that works. The uprights are scaffold boards ripped in two, the sills are slate
from the same skip.

What I would do differently: prime the frames before glazing, not after. And measure the barrow.
The barrow does not fit through the door.
""",
        ),
    ),
    living(
        "alive_expired_yeast",
        "brewing with out-of-date yeast",
        Publisher(
            "a-kettlecoil.test",
            "Kettle & Coil",
            "Small batches, honest failures, recipes by weight.",
            wordpress,
            ("Recipes", "Gear", "Yeast"),
            others=("Mashing in a picnic box", "Why my bitter was sour", "Bottling alone"),
            kilobytes=14,
        ),
        Story(
            "/yeast/this-packet-has-expired/",
            "This packet has expired",
            """
At the back of the fridge I found nine sachets of dried ale yeast, best before June 2019. The
textbook says that dry yeast loses about a fifth of its living cells in a year when it is kept
cold. Six years would leave a quarter. So I made a starter and counted.

With a borrowed microscope and methylene blue, 31 per cent of the cells were alive: better than the
book. Two sachets in a 19-litre batch of mild started in fourteen hours and finished at 1.010.

Expired liquid yeast is another matter. The vial from the same shelf smelled of cheese and went
into the compost.
""",
        ),
        captured=("20251206152140",),
    ),
    living(
        "alive_product_currently_unavailable",
        "Stockholm tar for wooden tools",
        Publisher(
            "a-chandlery-voss.test",
            "Voss Chandlery",
            "Rope, tar, canvas and bronze for wooden boats since 1971.",
            shop,
            ("Rope", "Paint & tar", "Fittings", "Books"),
            others=("Linseed oil, cold pressed", "Tarred marline", "Bronze rowlocks, pair"),
            kilobytes=75,
        ),
        Story(
            "/products/stockholm-tar-1l",
            "Stockholm tar, 1 litre",
            """
Kiln-burned pine tar from Småland, thin and golden. Brushed warm on planking, handles, fence posts
and shingles it keeps water out and lets the wood breathe. Mix with equal parts of linseed oil and
turpentine for the old "boat soup".

Currently unavailable. This product is no longer made by our former supplier; the new kiln is
expected to deliver in April. Article 3317-1.

- Flash point above 60 degrees
- Covers about 8 square metres a litre
- Brush, do not spray
""",
        ),
    ),
    living(
        "alive_article_on_parked_domains",
        "what happens to domains clubs forget to renew",
        Publisher(
            "a-clubwebmaster.test",
            "The Club Webmaster",
            "Help for the one volunteer who does the website.",
            drupal,
            ("Guides", "Questions", "Templates"),
            others=("Handing over the passwords", "Email lists without tears", "Backups"),
        ),
        Story(
            "/guides/this-domain-is-for-sale",
            "This domain is for sale!",
            """
That was what the members of a chess club in Fife read one Monday where their fixtures used to be.
The treasurer had changed banks, the renewal of nine pounds had bounced, and after forty days the
name was gone.

## What a parked domain is

Drop-catchers watch for names that lapse. They point them at a parking service, which fills the
page with "related searches" and a line such as "The domain may be for sale by its owner" or "Buy
this domain". Marketplaces such as Sedo, Afternic or Dan list the name at a price that has nothing
to do with its worth.

## What to do

- Put two people's addresses into the registrar's account.
- Renew for five years at a time.
- If it has happened: do not ring the broker the same day. Prices fall.
""",
        ),
        captured=("20220418071944",),
    ),
    living(
        "alive_guide_to_domain_brokers",
        "Domain kaufen im Verein",
        Publisher(
            "a-ehrenamt-digital.test",
            "Ehrenamt digital",
            "Beratung für Vereine, gefördert vom Land.",
            government,
            ("Beratung", "Leitfäden", "Termine"),
            language="de",
            others=("Datenschutz in zehn Minuten", "Mitgliederlisten", "Online abstimmen"),
        ),
        Story(
            "/leitfaeden/domain-kaufen.html",
            "Diese Domain steht zum Verkauf: was nun?",
            """
Der Wunschname ist vergeben, und auf der Seite steht nur „Diese Domain könnte zum Verkauf stehen“.
Dieser Leitfaden erklärt, wie Vereine mit Händlern und Marktplätzen umgehen, ohne Lehrgeld zu
zahlen.

## Erst prüfen, dann fragen

Sehen Sie im Register nach, seit wann der Name vergeben ist. Ein Name, der seit fünfzehn Jahren
geparkt ist, wird nicht billiger. Ein Name, der letzten Monat frei wurde, manchmal schon.

## Treuhand

Zahlen Sie nie direkt. Die großen Vermittler bieten einen Treuhanddienst an: Das Geld wird erst
ausgezahlt, wenn der Name bei Ihrem Anbieter angekommen ist. Die Kosten trägt üblicherweise der
Käufer.
""",
        ),
    ),
    living(
        "alive_forum_account_suspended",
        "what to do when the club's hosting is suspended",
        Publisher(
            "a-webmasters-board.test",
            "Small Sites Board",
            "Hosting, plugins and plain HTML for hobby sites",
            forum,
            ("Hosting", "Design", "Off topic"),
            others=("Cheap backup that works?", "Moving from tables to grid", "Board rules"),
        ),
        Story(
            "/viewtopic.php?t=20871",
            "This account has been suspended",
            """
Our orchid society's site shows nothing but "This Account has been suspended. Contact your hosting
provider for more information" since last night. The invoice is paid. Has anybody seen this?

Yes, twice. Both times it was a plugin that ate the processor. Ask them for the log before you
upgrade to a plan you don't need.

Mine was /cgi-sys/suspendedpage.cgi as well. A guestbook from 2006 had collected forty thousand
spam entries. I deleted it and was back within the hour.

It was the gallery! Somebody was hotlinking our slipper orchid from a wallpaper site. Fixed, thanks
all. I leave the thread here for the next person.
""",
        ),
    ),
    living(
        "alive_forum_domain_for_sale",
        "chess-opening names people sell",
        Publisher(
            "a-bishopspair.test",
            "Bishop's Pair chess board",
            "Correspondence chess since 1998",
            forum,
            ("Games", "Problems", "Marketplace"),
            others=("Advance Caro-Kann", "Rules for adjudication", "Engine-free ladder"),
        ),
        Story(
            "/forum/marketplace/domain-for-sale",
            "Domain for sale",
            """
I am winding up my little opening-book project and have kings-gambit-something to give away. Domain
for sale, or rather: for a donation to the junior section.

How much traffic does it get? And is the Muzio analysis still on it? I printed that in 2004 and
have lost the staple.

About thirty visits a day, most of them you, I suspect. The Muzio pages come with it.

Then I will have it, and they stay up. Fifty pounds to the juniors by Friday. Can a moderator mark
this as sold?
""",
        ),
    ),
    living(
        "alive_article_naming_firewalls",
        "why a link checker sees walls",
        Publisher(
            "a-libtechnotes.test",
            "Library Tech Notes",
            "How a town library keeps forty thousand catalogue links working.",
            wordpress,
            ("Notes", "Scripts", "About"),
            others=("Proxies and patience", "Perma-links that are not", "A cron job for Mondays"),
            kilobytes=22,
        ),
        Story(
            "/notes/just-a-moment/",
            "Just a moment... who is blocking our link checker?",
            """
Since January our nightly run reports eight hundred "broken" links that open perfectly well in a
browser. They are not broken: somebody stands in the door.

<pre>HTTP/1.1 403 Forbidden
cf-mitigated: challenge

Checking your browser before accessing example.org. DDoS protection by Cloudflare</pre>

Cloudflare's page is titled "Just a moment...". Akamai says "Access Denied" and gives a "Reference
#" with a dotted number; Imperva still writes "Incapsula incident ID"; the F5 box of our own
council says "The requested URL was rejected. Please consult with your administrator". Sucuri signs
as "Sucuri WebSite Firewall". DataDome and PerimeterX show a captcha and no words at all.

We now count these as "could not tell" and look at twenty of them by hand each week.
""",
        ),
    ),
    living(
        "alive_feed_error_in_the_sidebar",
        "grafting old apple varieties",
        Publisher(
            "a-scionwood.test",
            "Scionwood",
            "Old apples of the Welsh border, and how to keep them.",
            wordpress,
            ("Varieties", "Grafting", "Swap day"),
            others=("Pig's Snout in bloom", "Rootstocks compared", "Swap day, 8 March"),
            kilobytes=11,
        ),
        Story(
            "/grafting/whip-and-tongue/",
            "Whip and tongue, step by step",
            """
Cut scions in January, as thick as a pencil, and bury them in damp sand on the north side of a
wall. Graft in late March when the stock has begun to move and the scion has not.

Make one long sloping cut on each, four times as long as the wood is thick, then a second cut into
the slope to raise a tongue. Slide the tongues together until the green layers meet along one side.
Bind with grafting tape, seal the tip with wax, and write the label before you do the next one.

Nine in ten take. The tenth teaches you about your knife.
""",
            tail="""<section class="widget widget_rss"><h2>Error 404: page not found</h2>
<p>RSS Error: A feed could not be found at the given address.</p></section>""",
        ),
    ),
    living(
        "alive_gone_words_in_local_news",
        "the pub that is no longer here",
        Publisher(
            "a-fenlandpost.test",
            "Fenland Post",
            "News from the Ouse to the sea, weekly since 1889.",
            news,
            ("News", "Farming", "Sport", "Letters"),
            others=("Eel man's last season", "Bridge shut until May", "Letters: the bus again"),
            kilobytes=145,
        ),
        Story(
            "/news/410-gone-red-lion-closes-21873/",
            "410, gone: last orders at number 410, the Red Lion",
            """
The oldest pub on the Wisbech road has served its last pint. The Red Lion, at number 410, closed on
Saturday after two hundred and twelve years, and by Monday the sign had gone.

"The site is no longer available for a pub, they tell me," said landlady Jean Askew, who pulled the
first pint of her life there in 1974. "I've been looking for somebody to take it on for six years.
Nobody was found."

The brewing room at the back, where the Askews made a dark mild for the harvest supper, will be
recorded by the local history group before the builders come in. Anybody with photographs is asked
to bring them to the library.
""",
        ),
    ),
    living(
        "alive_maintenance_in_the_title",
        "Site maintenance for volunteers",
        Publisher(
            "a-towpathtrust.test",
            "Towpath Trust",
            "Forty volunteers, eleven miles of derelict canal.",
            bare,
            ("Work parties", "Newsletter"),
        ),
        Story(
            "/volunteers/maintenance.html",
            "Site maintenance",
            """
Thank you for your patience last winter, when the whole length was closed for maintenance. Work
parties meet again at the lengthsman's hut on the first and third Sundays of the month at nine.

What to bring: stout boots, gloves, a flask, and if you have one a slasher. Hard hats are lent.

Work in hand: re-pointing the by-wash at Lock 7; clearing hawthorn from the offside between the
bridges 12 and 14; a new gate for the stop planks. Mind the wasps' nest in the sluice.
""",
        ),
    ),
)
