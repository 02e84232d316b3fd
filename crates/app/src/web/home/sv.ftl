home-title = Översikt
home-new-round = Ny matchnings­omgång
home-waiting = { $n ->
    [one] adept väntar
   *[other] adepter väntar
}
home-mentors = { $n ->
    [one] mentor
   *[other] mentorer
}
home-places = { $n ->
    [one] plats inte upptagen
   *[other] platser inte upptagna
}
home-empty = Här är tomt
home-empty-text = Börja med att läsa in mentorer och adepter från en fil. Du ser vad som händer med varje rad innan något sparas.
home-rounds = Pågående matchningsomgångar
home-no-rounds = Ingen omgång pågår.
home-longest = Har väntat längst
home-short = Län där fler väntar än det finns platser
home-none-short = Inget län har fler som väntar än platser.
home-who-wait = Väntar
home-free = Platser
home-applications = { $n ->
    [one] anmälan att läsa
   *[other] anmälningar att läsa
}
home-first = Det finns anmälningar att läsa
home-to-do = Att göra
home-what = Vad
home-who = Vem
home-by = Senast
home-act = Vad som brukar hjälpa
home-keys = Med tangentbordet: pil upp och ned går mellan raderna, siffran på en knapp gör det som står på den, U ångrar det senaste.
home-since-day = sedan { $x }
home-result = har det hjälpt? Ni { $act } den { $day }
home-more = { $n ->
    [one] Visa en till som väntar
   *[other] Visa { $shown } till som väntar
}
