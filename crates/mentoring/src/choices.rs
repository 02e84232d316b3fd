//! The answers that people choose from: stages, sizes, times, goals, languages and the like.

use crate::language::choices;

choices! {
    /// How far the mentee's company has come.
    Stage {
        Idea = "idea", "idé", "idea";
        Started = "started", "nystartat", "newly started";
        Established = "established", "etablerat", "established";
        Growing = "growing", "tillväxt", "growth";
    }
}

choices! {
    /// The size of a company by employees.
    Size {
        Alone = "alone", "inga anställda", "no employees";
        Micro = "micro", "1–9 anställda", "1–9 employees";
        Small = "small", "10–49 anställda", "10–49 employees";
        Larger = "larger", "minst 50 anställda", "50 or more employees";
    }
}

choices! {
    /// When somebody can meet.
    Time {
        Morning = "morning", "förmiddag", "mornings";
        Afternoon = "afternoon", "eftermiddag", "afternoons";
        Evening = "evening", "kväll", "evenings";
        Weekend = "weekend", "helg", "weekends";
    }
}

choices! {
    /// A person's gender, only as a mentee's wish about the mentor needs it.
    Gender {
        Woman = "woman", "kvinna", "woman";
        Man = "man", "man", "man";
        Other = "other", "annat", "other";
    }
}

choices! {
    /// What the mentee wants to have reached, and what a mentor likes to help with.
    Goal {
        Start = "start", "komma igång", "get started";
        Stabilise = "stabilise", "få ordning och lönsamhet", "become stable and profitable";
        Grow = "grow", "växa", "grow";
        Export = "export", "nå ut i världen", "go international";
        Digitalise = "digitalise", "ställa om digitalt och hållbart", "change digitally and sustainably";
        Lead = "lead", "bli en bättre ledare", "become a better leader";
        Succession = "succession", "lämna eller ta över", "hand over or take over";
        Balance = "balance", "få balans", "find balance";
    }
}

choices! {
    /// How well a mentor knows a competence.
    Level {
        Some = "some", "viss erfarenhet", "some experience";
        Experienced = "experienced", "erfaren", "experienced";
        Expert = "expert", "expert", "expert";
    }
}

choices! {
    /// How much a need matters to the mentee.
    Importance {
        Useful = "useful", "bra att ha", "useful";
        Important = "important", "viktigt", "important";
        Decisive = "decisive", "avgörande", "decisive";
    }
}

impl Importance {
    /// Shares of the points for needs: decisive counts three times useful.
    pub fn share(self) -> u32 {
        match self {
            Self::Useful => 1,
            Self::Important => 2,
            Self::Decisive => 3,
        }
    }
}

choices! {
    /// A language that people speak.
    Tongue {
        Swedish = "sv", "svenska", "Swedish";
        English = "en", "engelska", "English";
        Finnish = "fi", "finska", "Finnish";
        Arabic = "ar", "arabiska", "Arabic";
        Persian = "fa", "persiska/dari", "Persian/Dari";
        Somali = "so", "somaliska", "Somali";
        Tigrinya = "ti", "tigrinska", "Tigrinya";
        Turkish = "tr", "turkiska", "Turkish";
        Kurdish = "ku", "kurdiska", "Kurdish";
        Polish = "pl", "polska", "Polish";
        Ukrainian = "uk", "ukrainska", "Ukrainian";
        Russian = "ru", "ryska", "Russian";
        Bosnian = "bs", "bosniska/kroatiska/serbiska", "Bosnian/Croatian/Serbian";
        Spanish = "es", "spanska", "Spanish";
        German = "de", "tyska", "German";
        French = "fr", "franska", "French";
        Chinese = "zh", "kinesiska", "Chinese";
        Sami = "se", "samiska", "Sami";
    }
}

choices! {
    /// How well a language is spoken.
    Fluency {
        Basic = "basic", "grunder", "basic";
        Working = "working", "kan samtala om arbete", "can talk about work";
        Fluent = "fluent", "flytande", "fluent";
    }
}

choices! {
    /// How far somebody is ready to go for a meeting.
    Reach {
        Near = "near", "samma kommun", "the same municipality";
        Km25 = "25", "25 km", "25 km";
        Km60 = "60", "60 km", "60 km";
        Km120 = "120", "120 km", "120 km";
        Anywhere = "anywhere", "hur långt som helst", "any distance";
    }
}

impl Reach {
    /// The shortest reach that covers a distance in kilometres as the crow flies.
    pub fn of_distance(same_municipality: bool, km: u16) -> Self {
        match km {
            _ if same_municipality => Self::Near,
            0..=25 => Self::Km25,
            26..=60 => Self::Km60,
            61..=120 => Self::Km120,
            _ => Self::Anywhere,
        }
    }
}

choices! {
    /// A scale of values and working style, answered from 1 (left) to 5 (right).
    Value {
        Structure = "structure", "plan före handling – prova sig fram", "plan first – try things out";
        Challenge = "challenge", "stöd – utmaning", "support – challenge";
        Detail = "detail", "detaljer – helhet", "detail – whole picture";
        Risk = "risk", "trygghet – risk", "safety – risk";
        Purpose = "purpose", "lönsamhet – mening", "profit – purpose";
    }
}
