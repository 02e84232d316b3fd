mine-title = My page
mine-leave = Sign out
mine-leave-all = Sign out everywhere
mine-parts = In the programme
mine-no-parts = Your address belongs to no mentor or mentee.
mine-mentee-waits = { $n ->
    [0] You are a mentee and joined the waiting list today. The coordinator is looking for a mentor for you.
    [one] You are a mentee and have been on the waiting list for a day. The coordinator is looking for a mentor for you.
   *[other] You are a mentee and have been on the waiting list for { $shown } days. The coordinator is looking for a mentor for you.
}
mine-mentee-paired = You are a mentee and have a mentor.
mine-mentee-left = You are a mentee and no longer on the waiting list.
mine-mentor = You are a mentor. Places: { $n }, of which taken: { $open }.
mine-weak = You also work with the programme
mine-weak-text = A link in a mail is not enough to see things about others.
mine-passkeys = Passkeys
mine-no-passkeys = You have no passkey.
mine-passkey = Made { $x }
mine-used = last used { $x }
mine-drop = Remove
mine-add-passkey = Add a passkey
mine-sessions = Signed in here
mine-device = Browser
mine-some-browser = Unknown browser
mine-this = this one
mine-way = How
mine-way-link = link in a mail
mine-way-passkey = passkey
mine-way-provider = the organisation's sign-in
mine-way-demo = chosen in the demo
mine-began = Since
mine-seen = Latest
mine-act = Action
mine-end = Sign out
mine-readings = Who has read about you
mine-readings-text = When staff open your details, it is noted here.
mine-no-readings = Nobody yet.
mine-application = Application as { $x }
mine-data = Your data
mine-data-text = Fetch everything we have about you in one file: to read, as a table and for other programs.
mine-fetch = Fetch your data
mine-erase = Erase me
mine-erase-text = You can ask to be erased. Everything about you is removed after seven days; a pair that is under way ends. Until then you can change your mind.
mine-erased-on = You will be erased on { $x }. Until then you can change your mind.
mine-regret = I want to stay
mine-part = Part
mine-name = Name
mine-value = Value
