site-title = The mentoring programme
site-lead = An experienced mentor for you who run or start a company. Free of charge, in the whole country.
site-programmes = Two programmes
site-msf = for you who are about to start, or started at most three years ago
site-muf = for you whose company is up and running and is to grow
site-where = Who delivers the programmes where you are
site-stories = Stories
site-video = Watch the film “{ $x }” on another site
site-channels = Follow the programme
site-municipality = Your municipality
site-counties = All counties
site-map = Map of the waiting time in the counties; the table says the same
site-wait-how = The waiting time is the longest that half of those who got a mentor in the last year had waited. Where fewer than five got one in a county, the figure is for the whole country.
site-wait = { $n ->
    [0] less than a week's wait
    [one] about a week's wait
   *[other] about { $n } weeks' wait
}
site-wait-country = { $n ->
    [0] in the country: less than a week's wait
    [one] in the country: about a week's wait
   *[other] in the country: about { $n } weeks' wait
}
site-wait-unknown = the waiting time is not known yet
site-nobody = the owner
site-privacy = Personal data
site-accessibility = Accessibility
site-controller = Controller
site-controller-hint = Name, organisation number and address.
site-unset = Not given yet.
site-kept = What we keep, why and for how long
site-what = What
site-purpose = Why
site-ground = Legal ground
site-retention = How long
site-rights = Your rights
site-right-read = On your page you see who among the staff has read about you.
site-right-export = There you also fetch everything we have about you, in a file.
site-right-erase = There you ask to be erased. You can change your mind for seven days.
site-right-complain = If you are not content, you can complain to the Swedish Authority for Privacy Protection.
site-cookies = Cookies
site-cookies-text = The site uses only cookies that are needed: for language, signing in and the form you are writing. Nothing is fetched from other sites.
site-how-far = How far we have come
site-how-far-text = We know of no fault that stops anybody. The map has the same figures in a table.
site-looked-at = Looked at by hand on { $x }.
site-tell = Tell us if something does not work
site-tell-text = Say which page it was and what you wanted to do, and we will help you and mend it.
site-supervision = If you are not content with the answer, you can turn to the Swedish Agency for Digital Government.
site-see = See the page
site-texts = Texts
site-text-front = The first page
site-hidden = hidden
site-new-story = New story
site-settings = Settings
site-privacy-email = E-mail for questions on personal data
site-accessibility-email = E-mail for questions on accessibility
site-accessibility-day = Accessibility looked at by hand
site-fault-url = “{ $x }” cannot be used. Write the whole address, from https://.
site-write = Write a text
site-body = Text
site-markdown = An empty line begins a paragraph. ## before a heading, * before a point, **bold**, [link](https://…).
site-preview = Preview
site-story = Story
site-language = Language
site-story-title = Title
site-story-video = Link to a film
site-shown = Everybody sees it. Both of the pair have said yes.
site-drop-story = Remove the story
site-own-retention = Some organisations have chosen other lengths:
picture-title = Picture
picture-later = A picture can be added once the story is saved.
picture-file = Picture file
picture-file-hint = JPEG, PNG or WebP. The picture is made smaller, and what it says about where and when it was taken is removed.
picture-text = What the picture shows
picture-text-hint = For those who do not see it: “Alva and Sten at the kitchen table, with a budget in front of them.”
picture-save = Save the picture
picture-drop = Remove the picture
picture-no-text = Write what the picture shows, for those who do not see it.
picture-none = Choose a picture: a JPEG, PNG or WebP file of at most 16,000 pixels a side.
