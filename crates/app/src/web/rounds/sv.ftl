rounds-title = Matchningsomgångar
rounds-round = Omgång
rounds-none = Ingen omgång än.
rounds-name = Namn
rounds-state = Läge
rounds-open = pågår
rounds-approved = godkänd
rounds-pairs = Par
rounds-unmatched = Utan mentor
rounds-changed = Ändrad
rounds-made = Skapad
rounds-who = Vilka är med
rounds-counties = Bara vissa län
rounds-shared = Mentorer får föreslås även till andra organisationers adepter
rounds-aim = Vad är bäst?
rounds-aim-total = Bästa summa: de par som tillsammans får flest poäng
rounds-aim-pairs = Flest par: så många adepter som möjligt får mentor, och därefter bästa summa
rounds-weights = Vad räknas, i poäng
rounds-weights-hint = Högst 1 000 poäng tillsammans.
rounds-weights-sum = Vikterna blir { $shown } poäng tillsammans. Sänk någon så att summan är högst 1 000.
rounds-rules = Regler som gäller
rounds-rules-hint = Regler om jäv, godkännande, avtal, uppehåll och platser gäller alltid.
rounds-effect = Vad vikterna ger
rounds-figure = Mått
rounds-chosen = Med dina vikter
rounds-starting = Med programmens egna vikter
rounds-mean-points = Poäng i snitt
rounds-make = Matcha
rounds-show-effect = Visa vad det ger
rounds-running = Matchning pågår
rounds-running-text = Räknar ut bästa möjliga par
rounds-cancel = Avbryt
rounds-points-of = { $shown } av 1 000 poäng
rounds-trail = Du är här
rounds-to-approval = Gå igenom och godkänn
rounds-what-if = Prova en ändring
rounds-scarcity = Vilka mentorer saknas?
rounds-export-file = matchning
rounds-show = Visa
rounds-show-all = alla
rounds-show-unmatched = utan mentor
rounds-show-locked = låsta
rounds-show-changed = nyss ändrade
rounds-show-withdrawn = borttagna ur omgången
rounds-matched = Med mentor
rounds-total = Poäng
rounds-proof = Bevisat bäst
rounds-proof-text = Kontrollerat mot alla { $shown } tillåtna par: ingen annan lösning ger mer.
rounds-undo = Ångra
rounds-see-changed = Visa de ändrade
rounds-no-rows = Ingen rad passar det du valt att visa.
rounds-mentee = Adept
rounds-mentor = Mentor
rounds-locked = Låst
rounds-proposed = Föreslagen
rounds-changed-tag = Ändrad
rounds-withdrawn = Inte med i omgången
rounds-none-found = Utan mentor
rounds-waited = { $n ->
    [one] väntat 1 dag
   *[other] väntat { $shown } dagar
}
rounds-outbid = { $n ->
    [0] Lika bra för helheten, men platserna räckte inte.
    [one] Det fattas 1 poäng för att det ska löna sig för helheten.
   *[other] Det fattas { $shown } poäng för att det ska löna sig för helheten.
}
rounds-all-locked = Ingen plats finns kvar hos de mentorer som reglerna tillåter: varje plats är låst till någon annan eller borttagen.
rounds-lock = Lås
rounds-lock-who = Lås paret för { $x }
rounds-unlock = Lås upp
rounds-unlock-who = Lås upp paret för { $x }
rounds-forbid = Förbjud
rounds-forbid-who = Förbjud paret för { $x }
rounds-return = Ta med igen
rounds-return-who = Ta med { $x } igen
rounds-why = Varför?
rounds-points = Poäng
rounds-cost = För helheten
rounds-cost-points = { $x } poäng
rounds-cost-pairs = { $x } par
rounds-movers = Andra som flyttas
rounds-choose = Välj
rounds-choose-who = Välj { $x }
rounds-rows = { $n ->
    [one] 1 adept
   *[other] { $shown } adepter
}
rounds-moved = { $n ->
    [0] Ingen bytte mentor.
    [one] En adept fick en annan mentor eller ingen.
   *[other] { $shown } adepter fick en annan mentor eller ingen.
}
rounds-total-change = Summan: { $x } poäng.
rounds-pairs-change = Par: { $x }.
rounds-profile = Profil
rounds-proposed-mentor = Föreslagen mentor
rounds-why-none = Varför ingen mentor?
rounds-nobody-allowed = Av { $shown } mentorer får ingen föreslås.
rounds-some-allowed = { $n ->
    [one] 1 mentor får föreslås, men gör mer nytta hos någon annan.
   *[other] { $shown } mentorer får föreslås, men gör mer nytta hos andra.
}
rounds-closest = Närmast var { $x }.
rounds-stopping-rules = Regler och hur många mentorer de stoppar
rounds-rule = Regel
rounds-mentors-stopped = Stoppade mentorer
rounds-ways = Billigaste vägarna ut
rounds-no-ways = Det finns ingen regel som det räcker att göra ett undantag från.
rounds-other-mentors = Andra mentorer
rounds-banned = Förbjudna par
rounds-allow = Tillåt igen
rounds-withdraw = Ta bort ur omgången
rounds-if-chosen = Om paret väljs:
rounds-others-move = { $n ->
    [0] Ingen annan flyttas.
    [one] En annan adept flyttas.
   *[other] { $shown } andra adepter flyttas.
}
rounds-not-allowed = Paret får inte föreslås
rounds-need-by-need = Behov för behov
rounds-lacks = saknas
rounds-reasons = Skäl
rounds-scarcity-text = Listan är uträknad, inte gissad: en tänkt mentor av varje slag har provats i varje län, och den som ger helheten mest står först. Varje rad förutsätter de föregående.
rounds-recruit = Värva i den här ordningen
rounds-no-recruits = Ingen ny mentor skulle ge något till den här omgången.
rounds-order = Nr
rounds-knows = Kan
rounds-pairs-more = Par
rounds-points-more = Poäng
rounds-by-county = Län för län
rounds-map = Adepter utan mentor per län
rounds-without = { $n ->
    [one] 1 utan mentor
   *[other] { $shown } utan mentor
}
rounds-worth = Värdet av en mentor till
rounds-what-if-text = Prova en ändring utan att röra omgången. Det du gjort på tavlan följer med, och du ser vem som skulle få en annan mentor.
rounds-kept-scenarios = Sparade
rounds-drop = Ta bort
rounds-drop-which = Ta bort { $x }
rounds-the-round = Omgången
rounds-the-scenario = Med ändringen
rounds-differences = { $n ->
    [0] Ingen får en annan mentor
    [one] En får en annan mentor
   *[other] { $shown } får en annan mentor
}
rounds-difference-list = Vilka som får en annan mentor
rounds-more-differences = Och { $shown } till.
rounds-new-scenario = Ny ändring att prova
rounds-scenario = Ändring
rounds-scenario-name = Kalla den
rounds-one-more-place = En plats till hos
rounds-nobody = – ingen –
rounds-bend-rules = Andra regler
rounds-remote-for-all = Alla kan träffas på distans
rounds-without-rule = Utan regeln: { $x }
rounds-play = Prova
rounds-approval-text = { $n ->
    [0] Inget förslag är ikryssat.
    [one] Ett förslag blir ett par när du godkänner.
   *[other] { $shown } förslag blir par när du godkänner. Ta bort krysset för dem som ska vänta.
}
rounds-approval-rest = { $n ->
    [one] En adept är utan mentor och väntar vidare.
   *[other] { $shown } adepter är utan mentor och väntar vidare.
}
rounds-approval-closes = Omgången stängs när du godkänner. De som inte är kryssade väntar vidare och kan vara med i nästa omgång.
rounds-approve = Godkänn
rounds-none-chosen = Inget förslag är valt. Kryssa i minst ett.
rounds-alternatives = Andra mentorer
rounds-alternatives-there = Visa dem på adeptens sida
rounds-no-others = Ingen annan mentor är tillåten.
rounds-stopped-by = Så många mentorer stoppas av regeln om: { $x }.
rounds-cheapest-way = Billigaste vägen ut:
rounds-relief-place = en plats till
rounds-relief-distance = undantag från avståndet ({ $shown } km)
rounds-relief-rule = undantag från regeln om { $x }
rounds-takes = Det som krävs
rounds-give-place = Ge en plats till
rounds-give-place-hint = Fråga mentorn först. En plats som ges här gäller omgången; höj också antalet i mentorns profil innan du godkänner.
rounds-try-without = Prova utan regeln
rounds-lapsed = { $n ->
    [one] Ett förslag kan inte längre bli ett par: adepten väntar inte längre, eller mentorn har för få platser. Det är märkt på sidan där du godkänner.
   *[other] { $shown } förslag kan inte längre bli par: adepten väntar inte längre, eller mentorn har för få platser. De är märkta på sidan där du godkänner.
}
rounds-lapsed-first = { $n ->
    [one] Ett förslag är inte ikryssat och står först i listan, med orsaken.
   *[other] { $shown } förslag är inte ikryssade och står först i listan, med orsaken.
}
rounds-lapse-mentee = Väntar inte längre.
rounds-lapse-mentor = Mentorn har för få platser.
rounds-tick-all = Kryssa i alla
rounds-tick-none = Kryssa ur alla
rounds-share-of = Uppfyllt av { $x }
rounds-other-scale = Poängen går inte att jämföra när vikterna är olika; andelarna gör det.
rounds-changes-nothing = Ändringen är tom: ingenting skiljer den från omgången.
rounds-change-place = En plats till hos { $x }
rounds-scenario-taken = Omgången har redan en ändring som heter { $x }. Välj ett annat namn.
rounds-own-weights = Varje program har sina egna vikter och regler; ändrar du något här gäller det alla program i omgången.
rounds-no-programme = Välj minst ett program.
rounds-raise-places = Höj platserna i mentorns profil, och gör en ny omgång
rounds-knows-nearby = kan närliggande inom { $x }
rounds-alternatives-for = Andra mentorer för { $x }
rounds-undone = Ångrat: { $x }
rounds-did-lock = { $mentee } – { $mentor } är låst.
rounds-did-unlock = { $mentee } är upplåst.
rounds-did-forbid = { $mentee } – { $mentor } är förbjudet.
rounds-did-allow = { $mentee } – { $mentor } är tillåtet igen.
rounds-did-give = { $mentor } har fått en plats till, för { $mentee }.
rounds-did-withdraw = { $mentee } är borttagen ur omgången.
rounds-did-return = { $mentee } är med i omgången igen.
rounds-did-places = { $mentor } har fått ett annat antal platser.
rounds-lapsed-one = { $mentee }: { $reason } Ingenting har godkänts. Ta bort krysset, eller gör en ny omgång.
rounds-became = { $n ->
    [one] Omgången är godkänd: ett av förslagen nedan blev ett par.
   *[other] Omgången är godkänd: { $shown } av förslagen nedan blev par.
}
rounds-compare-with = Jämför med vilken mentor som helst, och se vad ett byte kostar
rounds-compare = Jämför
rounds-acting = Omgången görs för
rounds-lapse-gone = Någon av dem finns inte längre hos er.
rounds-single = Vem passar { $x } nu?
rounds-single-short = Matcha nu
rounds-single-text = { $n ->
    [one] Ingen annan väntar på en mentor i samma program.
   *[other] Uträknat med alla { $shown } som väntar på en mentor i samma program: varje förslag säger vad det skulle kosta de andra.
}
rounds-single-free = Kostar ingen annan något.
rounds-single-cost = De andra som väntar: { $x } poäng.
rounds-single-cost-pair = De andra som väntar: { $x } poäng, och { $pairs } par.
rounds-single-ask = Fråga { $x }
rounds-single-not-waiting = { $x } väntar inte på en mentor.
rounds-lapse-had = Någon av de två har tackat nej sedan dess, eller så har de redan varit ett par
