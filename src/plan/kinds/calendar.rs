//! Business calendars.

use crate::plan::record::{choices, record};
use crate::plan::value::{Listed, Text, When};
use crate::text::Spanned;
use crate::time::Recurrence;

record! {
    /// A calendar of business days: weekends and holidays, as a Markdown list or an `.ics` file.
    Calendar {
        /// The days of the week on which nobody works. Without it, Saturday and Sunday.
        weekend: Vec<Spanned<Weekday>>,
        /// The days on which nobody works.
        holidays: Listed<Holiday>,
        /// Where a day falls that is no business day.
        roll: Option<Spanned<RollRule>>,
    }
}

record! {
    /// A day on which nobody works.
    Holiday {
        /// The day.
        @required date: Option<When>,
        /// What is celebrated.
        title: Option<Text>,
        /// How it comes again, such as every year.
        repeats: Option<Spanned<Recurrence>>,
        /// The days on which it does not come again.
        except: Vec<When>,
    }
}

choices! {
    /// Where a day falls that is no business day.
    RollRule {
        /// The business day before.
        Previous = "previous",
        /// The business day after.
        Next = "next",
    }
}

choices! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}
