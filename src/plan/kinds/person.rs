//! People.

use crate::plan::record::record;
use crate::plan::value::{Listed, Text, When};

record! {
    /// A person, with roles and since when.
    Person {
        /// The full name. Without it, the title is the name.
        name: Option<Text>,
        /// The roles held, and when.
        roles: Listed<Role>,
        /// The address for mail.
        email: Option<Text>,
        /// The name on the forge or in chat.
        handle: Option<Text>,
    }
}

record! {
    /// A role that a person holds or held.
    Role {
        /// Its name, as policies and approvals use it.
        @required role: Option<Text>,
        /// The first day. Without it, always.
        from: Option<When>,
        /// The last day. Without it, still.
        to: Option<When>,
    }
}
