//! The macros that describe the format: [`record!`] for a mapping and [`choices!`] for a set of words.
//!
//! Both write the Rust type, its documentation, its [`Description`](super::description::Description), its reader and
//! its visitor from one list, so that no second list can drift from it.

/// Defines a mapping of the format.
///
/// Each field's type implements [`FieldValue`](super::value::FieldValue); the field's documentation is what users
/// read. A field marked `required` is still optional in the type: a document without it is at fault, yet is read.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $name:ident {
            $( $(#[doc = $field_doc:literal])+ $(@$required:ident)? $field:ident: $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, serde::Serialize)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])+
                #[serde(skip_serializing_if = "crate::plan::value::is_absent")]
                pub $field: $type,
            )*
            /// The team's own keys, which start with `x-`.
            #[serde(flatten)]
            pub extra: crate::plan::value::Extra,
        }

        impl crate::plan::value::Value for $name {
            fn shape() -> crate::plan::description::Shape {
                crate::plan::description::Shape::Record(<Self as crate::plan::value::Record>::DESCRIPTION)
            }

            fn read(
                node: &crate::syntax::tree::Node<'_>,
                reader: &mut crate::plan::reader::Reader<'_>,
            ) -> Option<Self> {
                crate::plan::value::read_record(node, reader)
            }

            fn visit(&mut self, visitor: &mut dyn crate::plan::value::Visitor) {
                crate::plan::value::Record::visit_fields(self, visitor);
            }
        }

        impl crate::plan::value::Record for $name {
            const DESCRIPTION: &'static crate::plan::description::Description =
                &crate::plan::description::Description {
                    name: stringify!($name),
                    doc: concat!($($doc, "\n",)+),
                    fields: &[$(
                        crate::plan::description::Field {
                            name: crate::plan::description::Field::key(stringify!($field)),
                            doc: concat!($($field_doc, "\n",)+),
                            required: record!(@required $($required)?),
                            shape: <$type as crate::plan::value::FieldValue>::shape,
                        },
                    )*],
                };

            fn read_fields(
                mapping: &crate::syntax::tree::Mapping<'_>,
                reader: &mut crate::plan::reader::Reader<'_>,
            ) -> Self {
                // A kind without fields of its own reads nothing.
                let _ = &reader;
                Self {
                    $($field: reader.field(mapping, crate::plan::description::Field::key(stringify!($field))),)*
                    extra: crate::plan::value::Extra::read(mapping),
                }
            }

            fn visit_fields(&mut self, visitor: &mut dyn crate::plan::value::Visitor) {
                let _ = &visitor;
                $(
                    visitor.enter(crate::plan::description::Field::key(stringify!($field)));
                    crate::plan::value::FieldValue::visit_field(&mut self.$field, visitor);
                    visitor.leave();
                )*
            }
        }
    };
    (@required required) => { true };
    (@required) => { false };
}

/// Defines a set of words, each with its meaning.
macro_rules! choices {
    (
        $(#[doc = $doc:literal])+
        $name:ident $(or $rule:literal)? { $( $(#[doc = $word_doc:literal])+ $variant:ident = $word:literal, )+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name {
            $( $(#[doc = $word_doc])+ #[serde(rename = $word)] $variant, )+
        }

        impl crate::plan::value::Choices for $name {
            const CHOICES: &'static [crate::plan::description::Choice] = &[
                $( crate::plan::description::Choice { word: $word, doc: concat!($($word_doc, "\n",)+) }, )+
            ];
            $(const RULE: &'static str = $rule;)?

            fn of(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant), )+
                    _ => None,
                }
            }

            fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }
        }

        impl crate::plan::value::Value for $name {
            fn shape() -> crate::plan::description::Shape {
                crate::plan::description::Shape::Choice(<Self as crate::plan::value::Choices>::CHOICES)
            }

            fn read(
                node: &crate::syntax::tree::Node<'_>,
                reader: &mut crate::plan::reader::Reader<'_>,
            ) -> Option<Self> {
                crate::plan::value::read_choice(node, reader)
            }
        }
    };
}

pub(crate) use choices;
pub(crate) use record;
