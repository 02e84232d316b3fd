home-title = Overview
home-new-round = New matching round
home-waiting = { $n ->
    [one] mentee waits
   *[other] mentees wait
}
home-mentors = { $n ->
    [one] mentor
   *[other] mentors
}
home-places = { $n ->
    [one] place not taken
   *[other] places not taken
}
home-empty = Nothing here yet
home-empty-text = Begin by importing mentors and mentees from a file. You see what will happen to each row before anything is saved.
home-rounds = Matching rounds in progress
home-no-rounds = No round is in progress.
home-longest = Have waited longest
home-short = Counties where more people wait than there are places
home-none-short = No county has more people waiting than places.
home-who-wait = Waiting
home-free = Places
home-applications = { $n ->
    [one] interest form to read
   *[other] interest forms to read
}
home-first = There are interest forms to read
home-to-do = To do
home-what = What
home-who = Who
home-by = By
home-act = What usually helps
home-keys = By keyboard: arrow up and down move between the lines, the figure on a button does what it says, U undoes the last.
home-since-day = since { $x }
home-result = has it helped? You { $act } on { $day }
home-more = { $n ->
    [one] Show one more that is waiting
   *[other] Show { $shown } more that are waiting
}
