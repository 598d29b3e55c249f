//! Applications between reading and assessing: all must be read before anybody can be linked with the others.

use bonafide_intake::Application;
use bonafide_model::{fact::FactValue, id::SubjectId};

/// Bytes of applications that are held between the two passes, some 15,000 of ordinary size; what goes beyond is read again, which
/// costs as much as reading it once.
const ROOM: usize = 512 << 20;
/// What a fact takes beside its texts.
const FACT: usize = 400;

/// Applications that were read, in the order of the input.
#[derive(Default)]
pub(crate) struct Pile {
    slots: Vec<Slot>,
    taken: usize,
    /// Slots before the first that was let go.
    held: usize,
}

/// What became of one item of the input.
pub(crate) enum Slot {
    /// It could not be read, and that was said.
    Unread,
    /// It is held.
    Held(Box<Application>),
    /// It has to be read again, and stands under this id.
    LetGo(SubjectId),
}

impl Pile {
    /// Notes an item that could not be read.
    pub(crate) fn skip(&mut self) {
        self.push(Slot::Unread);
    }

    /// Takes an application, and holds it while there is room.
    pub(crate) fn take(&mut self, application: Application) {
        self.taken = self.taken.saturating_add(size(&application));
        let is_full = self.held < self.slots.len() || self.taken > ROOM;
        let slot = if is_full { Slot::LetGo(application.subject) } else { Slot::Held(Box::new(application)) };
        self.push(slot);
    }

    fn push(&mut self, slot: Slot) {
        if self.held == self.slots.len() && !matches!(slot, Slot::LetGo(_)) {
            self.held += 1;
        }
        self.slots.push(slot);
    }

    /// The ids of all applications that were read.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &SubjectId> {
        self.slots.iter().filter_map(|slot| match slot {
            Slot::Unread => None,
            Slot::Held(application) => Some(&application.subject),
            Slot::LetGo(subject) => Some(subject),
        })
    }

    /// What is held, and what stands behind it in the order of the input.
    pub(crate) fn apart(mut self) -> (Vec<Slot>, Vec<Slot>) {
        let rest = self.slots.split_off(self.held);
        (self.slots, rest)
    }
}

/// Roughly how much memory an application takes.
fn size(application: &Application) -> usize {
    let facts = application.facts.iter().map(|fact| {
        let text = match &fact.value {
            FactValue::ResumeText(text) => text.text.len() * 2,
            _ => 0,
        };
        FACT + fact.quote.as_ref().map_or(0, String::len) + text
    });
    facts.sum::<usize>() + application.blobs.iter().map(|blob| blob.bytes.len()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use bonafide_formats::limits::Limits;
    use bonafide_intake::{Blob, read_json};
    use bonafide_model::{ContentHash, place::Source};

    use super::*;

    fn application(number: usize, bytes: usize) -> Application {
        let text = format!("{{\"id\":\"a-{number}\",\"emails\":[\"a{number}@mail.example\"]}}");
        let mut application = read_json("application.json", text.into_bytes(), &Limits::default()).expect("reads");
        let source = Source { name: "big".into(), content: ContentHash::of_bytes(b"") };
        application.blobs.push(Blob { source, bytes: vec![0; bytes] });
        application
    }

    #[test]
    fn what_does_not_fit_is_let_go_and_nothing_behind_it_is_held() {
        let mut pile = Pile::default();
        pile.take(application(0, 10));
        pile.skip();
        pile.take(application(1, ROOM));
        pile.take(application(2, 10));
        pile.skip();
        let ids: Vec<String> = pile.subjects().map(ToString::to_string).collect();
        assert_eq!(ids, ["a-0", "a-1", "a-2"]);
        let (held, rest) = pile.apart();
        assert!(matches!(&held[..], [Slot::Held(_), Slot::Unread]));
        assert!(matches!(&rest[..], [Slot::LetGo(_), Slot::LetGo(_), Slot::Unread]));
    }
}
