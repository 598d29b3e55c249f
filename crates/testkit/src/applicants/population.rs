//! What a population of applicants is like.

use crate::random::Random;

/// What a population is like. Shares are of all people, 0…1.
#[derive(Clone, Debug)]
pub struct Population {
    /// The seed.
    pub seed: u64,
    /// Number of people.
    pub people: usize,
    /// People in rings.
    pub ring_share: f64,
    /// Personas of the largest rings.
    pub largest_ring: usize,
    /// Rings that share few hard identifiers.
    pub hard_rings: f64,
    /// Chance that a persona of an ordinary ring takes a telephone, device, network, wallet, picture or commit mailbox of the ring's.
    pub ring_sharing: f64,
    /// The same in a hard ring.
    pub hard_sharing: f64,
    /// Sentences that a ring's template holds, and of these what one persona takes.
    pub ring_sentences: (usize, usize),
    /// Chance that a job of a persona is with a firm that the ring has made up.
    pub ring_firms: f64,
    /// Firms that people have worked for.
    pub firms: usize,
    /// Rings whose documents come from one file.
    pub ring_documents: f64,
    /// People in households.
    pub households: f64,
    /// People of one surname in a household.
    pub one_surname: f64,
    /// People on a campus network, behind an office's, behind a carrier's, behind a VPN's exits.
    pub networks: [f64; 4],
    /// People of agencies.
    pub agencies: f64,
    /// People of courses.
    pub courses: f64,
    /// People who use a popular document template.
    pub popular_documents: f64,
    /// Popular sentences in all, and of one person at most.
    pub popular_sentences: (usize, usize),
    /// People who fill in a downloaded template with sentences of its own, and how many use one such template.
    pub downloads: (f64, usize),
    /// People with a browser as common as others, how many share each.
    pub common_devices: (f64, usize),
    /// People with a placeholder as their picture.
    pub placeholders: f64,
    /// People who give an exchange's deposit address.
    pub exchanges: f64,
    /// People who apply again.
    pub again: f64,
    /// Chance that an application states a thing at all.
    pub stated: f64,
    /// Chance that somebody who applies again has a new mailbox, telephone, network or device.
    pub changed: f64,
}

impl Population {
    /// A population near what has been published.
    #[must_use]
    pub const fn usual(seed: u64, people: usize) -> Self {
        Self {
            seed,
            people,
            ring_share: 0.04,
            largest_ring: 22,
            hard_rings: 0.3,
            ring_sharing: 0.5,
            hard_sharing: 0.12,
            ring_sentences: (24, 8),
            ring_firms: 0.4,
            firms: 3_000,
            ring_documents: 0.5,
            households: 0.14,
            one_surname: 0.7,
            networks: [0.06, 0.04, 0.07, 0.05],
            agencies: 0.02,
            courses: 0.02,
            popular_documents: 0.35,
            popular_sentences: (1_500, 6),
            downloads: (0.0, 30),
            common_devices: (0.04, 5),
            placeholders: 0.06,
            exchanges: 0.02,
            again: 0.3,
            stated: 0.75,
            changed: 0.15,
        }
    }

    /// A population with every parameter drawn.
    #[must_use]
    pub fn drawn(seed: u64, people: usize) -> Self {
        let mut random = Random::new(seed ^ 0xD1CE);
        let mut between = |low: f64, high: f64| low + (high - low) * (random.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        Self {
            seed,
            people,
            ring_share: between(0.003, 0.08),
            largest_ring: between(4.0, 45.0) as usize,
            hard_rings: between(0.1, 0.6),
            ring_sharing: between(0.3, 0.65),
            hard_sharing: between(0.06, 0.16),
            ring_sentences: (between(14.0, 34.0) as usize, between(5.0, 10.0) as usize),
            ring_firms: between(0.15, 0.55),
            // From a trade in which everybody has worked for a few firms to one of small firms only.
            firms: between(7.0, 11.0).exp2() as usize * people / 4_000 + 50,
            ring_documents: between(0.2, 0.8),
            households: between(0.04, 0.35),
            one_surname: between(0.3, 0.95),
            networks: [between(0.01, 0.15), between(0.01, 0.12), between(0.02, 0.2), between(0.01, 0.15)],
            agencies: between(0.0, 0.06),
            courses: between(0.0, 0.06),
            popular_documents: between(0.1, 0.6),
            popular_sentences: (between(300.0, 3_000.0) as usize, between(1.0, 10.0) as usize),
            downloads: (between(0.0, 0.04), between(10.0, 80.0) as usize),
            common_devices: (between(0.01, 0.12), between(2.0, 9.0) as usize),
            placeholders: between(0.01, 0.15),
            exchanges: between(0.0, 0.06),
            again: between(0.1, 0.5),
            stated: between(0.5, 0.95),
            changed: between(0.05, 0.35),
        }
    }
}
