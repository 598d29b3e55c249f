//! How the sum came about: findings as steps of a waterfall.

use bonafide_model::assessment::{AssessedFinding, Assessment, Weight};

/// The steps from nothing to the sum.
#[derive(Debug)]
pub(crate) struct Waterfall<'a> {
    /// One step per finding that has a weight, in the order of the findings.
    pub(crate) steps: Vec<Step<'a>>,
    /// The sum.
    pub(crate) total: Weight,
    low: i64,
    high: i64,
}

/// One finding's part of the sum.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    /// The finding.
    pub(crate) finding: &'a AssessedFinding,
    /// The sum before it, in hundredths of a bit.
    from: i64,
    /// The sum after it.
    to: i64,
}

/// A part of the drawn width, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    /// Left edge.
    pub(crate) left: u32,
    /// Width; zero where nothing was counted.
    pub(crate) width: u32,
    /// Whether the step leads down.
    pub(crate) down: bool,
}

impl<'a> Waterfall<'a> {
    /// The waterfall of an assessment; without steps where nothing has weight.
    pub(crate) fn of(assessment: &'a Assessment) -> Self {
        let (mut sum, mut low, mut high) = (0_i64, 0_i64, 0_i64);
        let mut steps = Vec::new();
        for finding in &assessment.findings {
            if finding.weight == Weight::ZERO && finding.counted == Weight::ZERO {
                continue;
            }
            let from = sum;
            sum += i64::from(finding.counted.0);
            (low, high) = (low.min(sum), high.max(sum));
            steps.push(Step { finding, from, to: sum });
        }
        let total = assessment.weight;
        (low, high) = (low.min(i64::from(total.0)), high.max(i64::from(total.0)));
        Self { steps, total, low, high }
    }

    /// The bar of a step.
    pub(crate) fn bar(&self, step: &Step<'_>) -> Bar {
        self.scaled(step.from, step.to)
    }

    /// The bar of the sum.
    pub(crate) fn total_bar(&self) -> Bar {
        self.scaled(0, i64::from(self.total.0))
    }

    /// Where zero lies, in thousandths of the width.
    pub(crate) fn zero(&self) -> u32 {
        self.scaled(0, 0).left
    }

    fn scaled(&self, from: i64, to: i64) -> Bar {
        let span = (self.high - self.low).max(1);
        let at = |value: i64| u32::try_from((value - self.low) * 1_000 / span).unwrap_or(0);
        let (left, right) = (at(from.min(to)), at(from.max(to)));
        Bar { left, width: right - left, down: to < from }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(from: i64, to: i64, low: i64, high: i64) -> Bar {
        Waterfall { steps: Vec::new(), total: Weight::ZERO, low, high }.scaled(from, to)
    }

    #[test]
    fn bars_lie_within_the_width() {
        assert_eq!(drawn(0, 420, 0, 420), Bar { left: 0, width: 1_000, down: false });
        assert_eq!(drawn(420, 320, 0, 420), Bar { left: 761, width: 239, down: true });
        assert_eq!(drawn(0, -100, -100, 300), Bar { left: 0, width: 250, down: true });
        assert_eq!(drawn(0, 0, 0, 0), Bar { left: 0, width: 0, down: false });
        assert_eq!(drawn(i64::from(i32::MIN), i64::from(i32::MAX), i64::from(i32::MIN), i64::from(i32::MAX)).width, 1_000);
    }
}
