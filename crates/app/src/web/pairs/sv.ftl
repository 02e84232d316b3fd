pairs-file = mentorpar
pairs-count = { $n ->
    [0] Inga par
    [one] 1 par
   *[other] { $shown } par
}
pairs-none = Inga par än. Par blir till när en matchningsomgång godkänns.
pairs-open = Pågående
pairs-started = Började
pairs-closed = Slutade

export-sheet = Förslag
export-mentee = Adept
export-mentee-email = Adeptens e-post
export-municipality = Kommun
export-mentor = Mentor
export-mentor-email = Mentorns e-post
export-mentor-municipality = Mentorns kommun
export-points = Poäng
export-state = Läge
export-reasons = Skäl
export-locked = låst
export-proposed = förslag
export-unmatched = utan mentor
export-withdrawn = inte med
pairs-made = { $n ->
    [one] En mentor är tillfrågad. Brevet är på väg.
   *[other] { $shown } mentorer är tillfrågade. Breven är på väg.
}
pairs-pair = Par
pairs-state = Läge
pairs-company = Företag
pairs-mentor = Mentor
pairs-phone = Telefon
pairs-state-asked-mentor = Mentorn tillfrågad
pairs-state-asked-mentee = Adepten tillfrågad
pairs-state-agreeing = Har sagt ja
pairs-state-active = Pågår
pairs-state-paused = Uppehåll
pairs-ball-asked = { $x } är tillfrågad och har till och med den { $day } på sig. Sedan går förslaget tillbaka av sig självt.
pairs-ball-agreeing = Båda har sagt ja den { $day }. De ska träffas och godkänna avtalet.
pairs-ball-agrees = Båda har sagt ja den { $day }. { $x } har inte godkänt avtalet än.
pairs-ball-active = De är ett par till och med den { $day }.
pairs-ball-paused = Uppehåll till och med den { $day }. Sedan går det vidare av sig självt.
pairs-ball-over = Slut den { $day }.
pairs-was-made = Förslaget godkändes och mentorn tillfrågades
pairs-was-mentor-yes = Mentorn sa ja, och adepten tillfrågades
pairs-was-mentee-yes = Adepten sa ja
pairs-was-mentor-no = Mentorn sa nej
pairs-was-mentee-no = Adepten sa nej
pairs-was-mentor-silent = Mentorn svarade inte i tid, och förslaget gick tillbaka
pairs-was-mentee-silent = Adepten svarade inte i tid, och förslaget gick tillbaka
pairs-was-taken-back = Förslaget togs tillbaka
pairs-was-started = Båda har godkänt avtalet, och paret började
pairs-was-paused = Uppehåll
pairs-was-resumed = Uppehållet slutade
pairs-was-ended = Avslutat i förtid
pairs-acts = Vad du kan göra
pairs-answer-for = Svara för { $x }
pairs-answer-hint = När någon har svarat per telefon. Svaret skrivs in i ditt namn.
pairs-no-reason = Skäl, om det är ett nej
pairs-yes = Ja
pairs-no = Nej
pairs-agree-for = Godkänn avtalet för { $x }
pairs-independent-for = Personen har läst avtalet och säger att inget jäv finns: mentorn är varken ägare, styrelseledamot, anställd, leverantör, konkurrent eller närstående
pairs-agree = Godkänn avtalet
pairs-pause = Gör uppehåll
pairs-pause-until = Sista dagen i uppehållet
pairs-resume = Avsluta uppehållet
pairs-extend = Förläng
pairs-extend-until = Ny sista dag
pairs-take-back = Ta tillbaka förslaget
pairs-take-back-text = De som har hört om förslaget får ett brev om att det inte blev något. Adepten står kvar på väntelistan från samma dag.
pairs-end = Avsluta i förtid
pairs-end-why = Varför?
pairs-end-waits = adepten väntar igen
pairs-words = Mer om det, för oss som arbetar med programmet
pairs-story = Vad som har hänt
pairs-why = Varför just de två
pairs-outcome = Vad har du gjort åt det?
pairs-settle = Klart
pairs-fault-day = Välj en dag.
pairs-fault-reason = Välj varför.
pairs-fault-act = Det går inte att göra här. Ladda om sidan.
pairs-fault-independent = Kryssa för att det stämmer. Gör det inte det är det jäv: säg det till samordnaren i stället.
pairs-fault-outcome = Skriv vad du har gjort åt det, så att andra också vet.
pairs-meetings = Träffar
pairs-minutes = { $n ->
    [one] 1 minut
   *[other] { $shown } minuter
}
pairs-answers = Uppföljningar
pairs-asked = Fråga
pairs-no-answer = inget svar
pairs-complete = Avsluta som genomfört
pairs-complete-text = Båda får ett brev med tack, och mentorn får platsen tillbaka.
pairs-was-completed = Paret är avslutat och utvärderat
paper-agreement = Avtalet som PDF
paper-diploma-file = Diplomet som PDF
paper-parties = Godkänt av
paper-page = Sida {"{n}"} av {"{of}"}
paper-version = version { $x }
paper-translation = översättning av version { $x }
paper-accepted-swedish = Godkände avtalet på svenska den { $day } kl. { $time }, version { $version }
paper-accepted-english = Godkände avtalet på engelska den { $day } kl. { $time }, version { $version }
paper-diploma = Diplom
paper-diploma-mentor = har varit mentor åt { $x } från den { $from } till den { $until }, utan betalning. De har träffats { $n ->
    [one] en gång
   *[other] { $n } gånger
}, sammanlagt { $time }.
pairs-half-hour = en halvtimme
pairs-hours = { $n ->
    [one] en timme
   *[other] { $shown } timmar
}
pairs-hours-half = { $n },5 timmar
paper-diploma-mentor-short = har varit mentor åt { $x } från den { $from } till den { $until }, utan betalning.
paper-diploma-mentee = har gått mentorprogrammet med { $x } som mentor från den { $from } till den { $until }. De har träffats { $n ->
    [one] en gång
   *[other] { $n } gånger
}, sammanlagt { $time }.
paper-diploma-mentee-short = har gått mentorprogrammet med { $x } som mentor från den { $from } till den { $until }.
paper-agreement-name = mentoravtal.pdf
paper-diploma-name = diplom.pdf
pairs-health = Hur det går för paren
pairs-health-text = Par som träffas, de som behöver någon först. Varje tecken visas som det är; inget avgörs av det.
pairs-health-none = Inget par träffas än.
pairs-health-missing = { $n ->
    [one] par som behöver någon
   *[other] par som behöver någon
}
pairs-health-partly = { $n ->
    [one] par att hålla ett öga på
   *[other] par att hålla ett öga på
}
pairs-health-well = { $n ->
    [one] par som det går bra för
   *[other] par som det går bra för
}
pairs-signs = Tecken
pairs-flag-acted = Ni { $act } den { $day }. Har det hjälpt?
pairs-flag-do = Eller gör något först, och få frågan om två veckor om det har hjälpt:
pairs-flag-remind = Påminn båda med brev
pairs-flag-called = Jag har ringt
pairs-flag-offered = Jag har erbjudit byte, uppehåll eller avslut
pairs-flag-helped = Det hjälpte
pairs-flag-undo = Ångra
pairs-next = Nästa
pairs-times-proposed = Föreslagna tider för en träff, som väntar på svar: { $x }
pairs-expected = Ungefär en träff i månaden är tanken: nästa senast { $x }.
pairs-ends = Paret fortsätter till { $x }.
pairs-was-met = Träff: { $x }
pairs-was-asked = { $x } fick frågan ({ $asked }): { $said }
pairs-was-asked-you = { $asked } Du svarade: { $said }
pairs-not-answered-you = { $asked } Du har inte svarat.
pairs-reached = nådde det de ville: { $x }
pairs-flag-closed = Avgjord när paret avslutades.
pairs-seen-all = Ses av de två och av er som arbetar med paret
pairs-seen-one = Ses av { $x } och av er som arbetar med paret
pairs-seen-three = Ses av er två och samordnaren
pairs-seen-you = Ses av dig och samordnaren
pairs-companions = Fler som är med
pairs-co-mentor = medmentor
pairs-colleague = kollega till adepten
pairs-companion-asked = har inte godkänt avtalet än
pairs-companion-add = Lägg till någon i paret
pairs-companion-text = En medmentor som kan det den första inte kan, eller en kollega till adepten i samma företag. De får ett brev med avtalet och är med när de har godkänt det. En medmentor lämnar en av sina platser; en kollega väntar inte längre.
pairs-companion-email = Adress till någon som finns i registret
pairs-companion-mentor = Lägg till som medmentor
pairs-companion-mentee = Lägg till som kollega
pairs-companion-unknown = Ingen av era i registret har adressen { $x }. Lägg till personen först.
pairs-seen-staff = Ses av er som arbetar med paret; de två får inte veta skälet
pairs-was-expected = Ungefär en träff i månaden är tanken: en skulle ha varit senast { $x }. Kom överens om en tid.
