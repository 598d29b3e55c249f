//! Replay: an assessment made again from what was recorded gives the same bytes.

use bonafide_model::{
    assessment::{Assessment, LensVersions},
    dossier::Dossier,
    lens::{Answer, Asked, Question, Recorded, Surroundings},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    run::{Assessed, CATALOGUE_VERSION, Engine, Versioned},
};

/// Everything an assessment depended on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Replay {
    /// The dossier.
    pub dossier: Dossier,
    /// What intake could not read.
    pub incomplete: Vec<String>,
    /// The lens's day.
    pub as_of: Date,
    /// Versions of the surroundings as recorded.
    pub versions: LensVersions,
    /// Every question and its answer.
    pub asked: Vec<Asked>,
}

impl Replay {
    /// Records what an assessment depended on.
    #[must_use]
    pub fn of(dossier: &Dossier, assessed: &Assessed) -> Self {
        Self {
            dossier: dossier.clone(),
            incomplete: assessed.assessment.incomplete.clone(),
            as_of: assessed.assessment.as_of,
            versions: assessed.assessment.lens.clone(),
            asked: assessed.asked.clone(),
        }
    }

    /// Reads a record from its JSON text.
    ///
    /// # Errors
    /// [`Error::ReadReplay`] where the text is no record.
    pub fn parse(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|source| Error::ReadReplay { source })
    }

    /// Makes the assessment again, without any surroundings but the record.
    ///
    /// # Errors
    /// [`Error::OtherCatalogue`] where the record was made with another version of the catalogue.
    pub fn run(&self) -> Result<Assessment, Error> {
        if self.versions.catalogue != CATALOGUE_VERSION {
            let (recorded, present) = (self.versions.catalogue.clone(), CATALOGUE_VERSION.to_owned());
            return Err(Error::OtherCatalogue { recorded, present });
        }
        let surroundings = Past { recorded: Recorded(self.asked.clone()), versions: self.versions.clone() };
        Ok(Engine::new(surroundings, self.as_of).assess(&self.dossier, &self.incomplete).assessment)
    }
}

struct Past {
    recorded: Recorded,
    versions: LensVersions,
}

impl Surroundings for Past {
    fn answer(&self, question: &Question) -> Answer {
        self.recorded.answer(question)
    }
}

impl Versioned for Past {
    fn versions(&self) -> LensVersions {
        self.versions.clone()
    }
}
