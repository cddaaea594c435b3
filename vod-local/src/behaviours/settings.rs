//! Media Asset Storage Mode Management, HTTPS Configuration.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::{https, storage_classes};

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("UpdateStorageMode", storage_classes::change)
        .reads(&["upload", "tasks", "storage class"])
        .writes(&["storage class"])
        .errors(&[NO_ASSET])
        .notes(&[
            Note::documented("A media asset that is being worked on is not moved."),
            Note::documented("From the archive, it can only go to standard storage."),
            Note::inferred(
                "What is not moved has the status FAILED, also where it is in that storage class \
                 already.",
                "The reply has no other word for it.",
            ),
            Note::inferred(
                "It has moved at once, and what is restored for some days stays.",
                "No operation shows the storage class.",
            ),
            Note::inferred(
                "A media asset in the archive cannot be processed.",
                "Its files have to be restored before they can be used.",
            ),
        ]),
    Behaviour::new("ShowStorageModeType", storage_classes::show_scope)
        .reads(&["storage mode type"])
        .notes(&[Note::documented("It is WHOLE at first.")]),
    Behaviour::new("UpdateStorageModeType", storage_classes::change_scope)
        .writes(&["storage mode type"])
        .notes(&[Note::inferred(
            "Nothing depends on it.",
            "No operation shows which files have moved.",
        )]),
    Behaviour::new("UpdateHttpsConfig", https::change)
        .writes(&["domains"])
        .errors(&[
            Failure::new(
                Cause::State,
                codes::HTTPS_NOT_AVAILABLE,
                "it is the domain name that the service has assigned",
            ),
            Failure::new(
                Cause::Parameter,
                codes::INVALID_PARAMETER,
                "the name of the certificate has less than 3 characters, or its id not 16",
            )
            .inferred("The page has these limits, but no code for them."),
        ])
        .notes(&[
            Note::documented("Switches that are left out are off."),
            Note::inferred(
                "The host of this service is the domain name that it has assigned.",
                "All URLs in its replies have it.",
            ),
            Note::inferred(
                "Any other domain name is one of the project, and certificates are not looked at.",
                "Domain names are set up in the console.",
            ),
            Note::inferred(
                "A certificate of the manager without a name is named by its id.",
                "There is no certificate manager here.",
            ),
        ]),
    Behaviour::new("ShowHttpsConfig", https::show)
        .reads(&["domains"])
        .notes(&[
            Note::documented("The private key is not shown."),
            Note::inferred(
                "Of a domain name without settings, all switches are off.",
                "Domain names are set up in the console.",
            ),
        ]),
];
