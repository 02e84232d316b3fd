## Varför ett par passar, för mentorn, för adepten eller för den som arbetar med programmet

who-mentor = { $to ->
    [mentor] du
   *[other] mentorn
}
who-mentor-first = { $to ->
    [mentor] Du
   *[other] Mentorn
}
who-both = { $to ->
    [staff] de
   *[other] ni
}
who-needs = { $to ->
    [mentee] Du behöver
    [mentor] Adepten behöver
   *[other] Behöver
}
who-goal = { $to ->
    [mentee] Ditt mål är
   *[other] Målet är
}
who-is-in = { $to ->
    [mentor] Ni finns { $km } km från varandra
   *[other] Mentorn finns i { $place }, { $km } km bort
}
reason-need-expert = { who-needs } { $competence }; { who-mentor } är expert på det.
reason-need-experienced = { who-needs } { $competence }; { who-mentor } är erfaren.
reason-need-some = { who-needs } { $competence }; { who-mentor } har viss erfarenhet.
reason-need-nearby = { who-needs } { $competence }; { who-mentor } kan något nära, inom { $area }.
reason-need-missing = { who-needs } { $competence }; { $to ->
    [mentor] det är inte ditt område
   *[other] mentorn saknar det
}.
reason-value-same = Samma syn på { $value } ({ $mentee } av 5).
reason-value-near = Nästan samma syn på { $value } ({ $mentee } och { $mentor } av 5).
reason-value-apart = Något olika syn på { $value } ({ $mentee } och { $mentor } av 5).
reason-value-opposite = Olika syn på { $value } ({ $mentee } och { $mentor } av 5).
reason-goal-shared = { who-goal } att { $goal }; det hjälper { who-mentor } gärna till med.
reason-goal-missing = { who-goal } att { $goal }; det hör inte till det { who-mentor } helst hjälper till med.
reason-stage-known = { who-mentor-first } har erfarenhet av företag i samma skede: { $stage }.
reason-stage-near = { who-mentor-first } har erfarenhet av skedet närmast { $stage }.
reason-stage-unknown = { who-mentor-first } saknar erfarenhet av skedet { $stage }.
reason-size-known = { who-mentor-first } har erfarenhet av företag med { $size }.
reason-size-near = { who-mentor-first } har erfarenhet av företag av nästan samma storlek ({ $size }).
reason-size-unknown = { who-mentor-first } saknar erfarenhet av företag med { $size }.
reason-industry-same = { who-mentor-first } kan branschen: { $industry }.
reason-industry-related = { who-mentor-first } kan en besläktad bransch ({ $industry }).
reason-industry-other = { who-mentor-first } kommer från en annan bransch än { $industry }.
reason-reach-same = { $to ->
    [staff] Båda finns
   *[other] Ni finns båda
} i { $place }.
reason-reach-near = { who-is-in }.
reason-reach-remote = { who-is-in }; { who-both } kan träffas på distans.
reason-reach-never = { who-is-in }: för långt.
reason-times-common = { $to ->
    [staff] Båda kan
   *[other] Ni kan båda
}: { $times }.
reason-times-none = { $to ->
    [staff] De
   *[other] Ni
} har ingen tid på veckan gemensamt.
reason-tongues-common = Gemensamt språk: { $tongues }.
reason-tongues-none = { $to ->
    [staff] De
   *[other] Ni
} saknar ett gemensamt språk.
reason-gender-met = Önskemålet om mentorns kön ({ $gender }) är uppfyllt.
reason-gender-missing = Önskemålet om mentorns kön ({ $gender }) är inte uppfyllt.
reason-interest-shared = { who-mentor-first } vill helst arbeta med { $area }.
reason-interest-other = { who-mentor-first } vill helst arbeta med annat än { $area }.

## Varför ett par inte får föreslås

broken-programme = Mentorn deltar inte i { $programme }.
broken-other-programme = Adepten har sökt ett annat program än omgångens.
broken-paired = Adepten har redan en mentor i programmet.
broken-approved = Mentorn är inte godkänd än.
broken-agreement-missing = Mentorn har inte godkänt uppförandekod och sekretess.
broken-agreement-expired = Mentorns godkännande av uppförandekod och sekretess gick ut { $day }.
broken-paused = Mentorn gör uppehåll till och med { $day }.
broken-capacity = Mentorn har ingen ledig plats: { $pairs } av { $places } är upptagna.
broken-language = De saknar ett gemensamt språk som räcker för samtal om arbete.
broken-distance = Mentorn finns i { $place }, { $km } km bort, och de kan inte träffas på distans. Adeptens gräns: { $reach }.
broken-distance-no-remote = Mentorn finns i { $place }, { $km } km bort, och adepten vill inte träffas på distans. Adeptens gräns: { $reach }.
broken-gender = Adepten vill bara ha en mentor med kön: { $gender }.
broken-competitor = Mentorns eget företag är i samma bransch och län ({ $industry }): en direkt konkurrent.
broken-conflict = Jäv: mentorn har ett intresse i adeptens företag.
broken-earlier = De har varit ett par tidigare, eller någon av dem har tackat nej.
broken-excluded = Adepten har valt bort mentorn.
broken-organisation = Mentorn hör till en annan organisation, och mentorer delas inte i den här omgången.

## Varför en åtgärd på matchningstavlan inte går

act-no-mentee = Adepten är inte med i omgången. Ladda om sidan.
act-no-mentor = Mentorn kan inte föreslås i omgången. Ladda om sidan.
act-already-locked = Paret är redan låst.
act-no-place = { $mentor } har inga fler platser att låsa. Ge mentorn en plats till eller lås upp någon annan.
act-locked = { $mentee } är låst till { $mentor }. Lås upp först.
act-not-allowed = { $mentee } och { $mentor } får inte bilda par: en regel eller ett förbud hindrar det.
act-withdrawn = { $mentee } är inte med i omgången. Ta tillbaka adepten först.
act-not-banned = Paret är inte förbjudet för hand. Regler kan inte upphävas på tavlan.

## Varför något inte går med ett par

pair-other-is-asked = Det är den andra som är tillfrågad nu.
pair-answered = Båda har redan sagt ja.
pair-lapsed-already = Tiden att svara är ute, och förslaget har gått tillbaka. Vill du fortfarande? Hör av dig till samordnaren.
pair-over = Det är avslutat och kan inte ändras.
pair-not-agreeing = Avtalet är redan godkänt av båda, eller så har inte båda sagt ja än.
pair-agreed-already = Du har redan godkänt avtalet.
pair-has-begun = Paret har börjat. Avsluta det i förtid i stället.
pair-not-begun = Paret har inte börjat än.
pair-not-answered = Båda har inte svarat än. Ta tillbaka förslaget i stället.
pair-pauses = Paret gör redan ett uppehåll.
pair-no-pause = Paret gör inget uppehåll.
pair-pause-past = Uppehållets sista dag har redan varit. Välj en senare dag.
pair-pause-long = Ett uppehåll är högst ett halvår. Välj en tidigare dag, eller avsluta paret.
pair-extension-short = Välj en dag som är senare än den planerade sista dagen.
pair-extension-long = Ett par förlängs högst ett år åt gången. Välj en tidigare dag.
pair-nothing-due = Det finns inget att göra med paret i dag.
pair-not-evaluated = Ingen av de två har svarat på utvärderingen än. Paret kan avslutas när någon har gjort det, eller i förtid.
pair-never-met = Ingen träff är inskriven. Skriv in en träff om de har träffats, eller avsluta paret i förtid.
meeting-to-come = Den dagen har inte varit än. Skriv in träffen när ni har träffats.
meeting-before = Den dagen är före förslaget. Välj en senare dag.
meeting-length = En träff är mellan 5 minuter och 12 timmar. Skriv hur länge ni träffades, i minuter.
mentor-rest-long = Här kan du vila högst ett halvår. Välj en tidigare dag, eller hör av dig till samordnaren.
booking-past = Den tiden har redan varit. Välj en tid som kommer.
booking-far = Den tiden är mer än ett år bort. Välj en tidigare.
booking-times = Föreslå en till tre tider.
booking-place = Platsen får vara högst 300 tecken på en rad.
booking-link = Länken till videomötet ska börja med https://.
booking-no-place = Skriv var ni ska ses, eller välj telefon eller videomöte.
booking-no-link = Klistra in länken till videomötet, eller välj telefon.
booking-over = Det är redan avgjort. Boka en ny tid i stället.
booking-begun = Tiden är redan inne. Boka en ny tid i stället.
booking-chosen = En tid är redan vald.
booking-own = De här tiderna har du själv föreslagit. Vänta på svar, eller föreslå andra.
booking-other-time = Den tiden är inte längre föreslagen. Välj en av tiderna nedan.
booking-none = Ingen tid är bokad.
booking-to-come = Det har inte varit än.
entry-empty = Skriv något, eller välj en fil.
entry-long = Det är för långt. Högst 5 000 tecken får plats; dela upp det.
entry-day = Välj en dag från i dag till om två år.
entry-not-done = Det här är inget som blir klart.
entry-not-yours = Det här har den andra skrivit. Bara den som har skrivit kan ta bort.
entry-file-large = Filen är för stor. Högst 10 MB får plats; förminska den, eller dela en länk.
entry-files-full = Det finns redan 100 MB filer här. Ta bort någon först.
entry-over = Paret är avslutat. Det som är skrivet kan läsas och hämtas, och du kan ta bort det som är ditt, men inget nytt skrivs här.
flag-undo-late = Det är mer än en timme sedan och kan inte ångras. Gör något nytt åt det i stället.
flag-undo-sent = Påminnelsen har redan gått till båda och kan inte ångras.
flag-undo-nothing = Det finns inget att ångra.
sign-met = { $n ->
    [0] Träffades i dag
    [one] Träffades i går
   *[other] Träffades för { $n } dagar sedan
}
sign-not-met = { $n ->
    [one] Ingen träff på en dag
   *[other] Ingen träff på { $n } dagar
}
sign-booked = Nästa träff är bokad
sign-not-booked = Ingen nästa träff är bokad
sign-answers = Hur det går: mentorn { $mentor }, adepten { $mentee } av 5
sign-answer-mentor = Hur det går: mentorn { $x } av 5; adepten har inte svarat
sign-answer-mentee = Hur det går: adepten { $x } av 5; mentorn har inte svarat
sign-flags = { $n ->
    [one] En sak att se till
   *[other] { $n } saker att se till
}
sign-over = { $n ->
    [one] En dag förbi sista dagen
   *[other] { $n } dagar förbi sista dagen
}
companion-other-company = Bara den som har samma organisationsnummer som adeptens företag kan vara med. Kontrollera numren.
companion-other-programme = Den personen har sökt ett annat program.
companion-not-waiting = Den personen har redan en mentor, eller står inte på väntelistan.
companion-no-place = Den mentorn har ingen ledig plats.
companion-there = Den personen är redan med i paret.
companion-agreed = Avtalet är redan godkänt.
