//! What author clocks say: offsets, months, days, and clocks that lie too far apart for the time between two commits.

use bonafide_model::time::{UtcOffset, YearMonth};

use super::dump::CommitRow;

/// Two commits closer together than this cannot lie a three-hour time difference apart for somebody who travels: the shortest
/// scheduled flight between clocks three hours apart takes longer.
pub(super) const WINDOW_SECONDS: i64 = 2 * 3600;
/// Clocks this many minutes apart are far apart.
pub(super) const APART_MINUTES: i32 = 180;

/// One commit on a clock's time line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tick {
    /// Seconds since 1970.
    pub(super) second: i64,
    /// The author's clock; `None` where the platform wrote the date.
    pub(super) offset: Option<UtcOffset>,
    /// Number of the commit in the dump.
    pub(super) row: u32,
}

impl Tick {
    pub(super) fn of(row: u32, commit: &CommitRow<'_>, keeps_platform_clock: bool) -> Option<Self> {
        let authored = commit.authored?;
        let offset = (!commit.dated_by_platform(keeps_platform_clock)).then_some(authored.offset);
        Some(Self { second: authored.at.as_second(), offset, row })
    }
}

/// Clock jumps of one time line.
#[derive(Clone, Debug, Default)]
pub(super) struct Jumps {
    /// Pairs of commits.
    pub(super) pairs: u32,
    /// Of these, pairs of which neither clock is on UTC.
    pub(super) pairs_beside_utc: u32,
    /// Days (of the later commit, in UTC) on which pairs fall.
    pub(super) days: u32,
    /// The pair that tells most: neither clock on UTC, then the widest difference, then the shortest time.
    pub(super) clearest: Option<(Tick, Tick)>,
}

/// Finds the jumps on a time line sorted by instant.
///
/// Each commit is compared with the one before it, so that a run of commits on either side of one change counts once. Commits that
/// the platform dated say nothing about the author's clock and are passed over.
pub(super) fn jumps(sorted: &[Tick]) -> Jumps {
    let mut found = Jumps::default();
    let mut last_day = None;
    let mut previous: Option<(Tick, UtcOffset)> = None;
    let mut clearest: Option<(bool, i32, i64)> = None;
    for &tick in sorted {
        let Some(offset) = tick.offset else { continue };
        if let Some((before, earlier_offset)) = previous {
            let gap = tick.second - before.second;
            let apart = (offset.minutes() - earlier_offset.minutes()).abs();
            if gap <= WINDOW_SECONDS && apart >= APART_MINUTES {
                found.pairs += 1;
                let beside_utc = offset != UtcOffset::UTC && earlier_offset != UtcOffset::UTC;
                found.pairs_beside_utc += u32::from(beside_utc);
                let day = tick.second.div_euclid(86_400);
                found.days += u32::from(last_day != Some(day));
                last_day = Some(day);
                let rank = (beside_utc, apart, -gap);
                if clearest.is_none_or(|best| rank > best) {
                    clearest = Some(rank);
                    found.clearest = Some((before, tick));
                }
            }
        }
        previous = Some((tick, offset));
    }
    found
}

/// Counts equal values, most first; values of equal count in their own order.
pub(super) fn most_first<T: Ord + Copy>(mut values: Vec<T>) -> Vec<(T, u32)> {
    values.sort_unstable();
    let mut counted: Vec<(T, u32)> = Vec::new();
    for value in values {
        match counted.last_mut() {
            Some((last, count)) if *last == value => *count += 1,
            _ => counted.push((value, 1)),
        }
    }
    counted.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    counted
}

/// Counts offsets per month of the author's wall clock, in order of months.
pub(super) fn by_month(mut values: Vec<(YearMonth, UtcOffset)>) -> Vec<(YearMonth, UtcOffset, u32)> {
    values.sort_unstable();
    let mut counted: Vec<(YearMonth, UtcOffset, u32)> = Vec::new();
    for (month, offset) in values {
        match counted.last_mut() {
            Some((last_month, last_offset, count)) if (*last_month, *last_offset) == (month, offset) => *count += 1,
            _ => counted.push((month, offset, 1)),
        }
    }
    counted
}

/// Number of distinct values.
pub(super) fn distinct<T: Ord>(mut values: Vec<T>) -> u32 {
    values.sort_unstable();
    values.dedup();
    u32::try_from(values.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tick(second: i64, hours: i32, row: u32) -> Tick {
        Tick { second, offset: UtcOffset::from_minutes(hours * 60), row }
    }

    #[test]
    fn a_jump_is_counted_once_for_each_change() {
        let line = [tick(0, 8, 0), tick(600, 8, 1), tick(1200, -4, 2), tick(1800, -4, 3), tick(100_000, 8, 4)];
        let found = jumps(&line);
        assert_eq!((found.pairs, found.pairs_beside_utc, found.days), (1, 1, 1));
        assert_eq!(found.clearest.map(|(before, after)| (before.row, after.row)), Some((1, 2)));
    }

    #[test]
    fn what_is_no_jump() {
        assert_eq!(jumps(&[tick(0, 8, 0), tick(7201, -4, 1)]).pairs, 0, "a flight fits in between");
        assert_eq!(jumps(&[tick(0, 1, 0), tick(60, 3, 1)]).pairs, 0, "two hours apart");
        let platform = Tick { offset: None, ..tick(60, 0, 1) };
        assert_eq!(jumps(&[tick(0, 8, 0), platform, tick(120, 8, 2)]).pairs, 0, "the platform wrote the date");
    }

    #[test]
    fn the_clearest_pair_lies_beside_utc() {
        let line = [tick(0, 9, 0), tick(60, 0, 1), tick(90_000, 5, 2), tick(90_600, 1, 3)];
        let found = jumps(&line);
        assert_eq!((found.pairs, found.pairs_beside_utc, found.days), (2, 1, 2));
        assert_eq!(found.clearest.map(|(before, after)| (before.row, after.row)), Some((2, 3)));
    }

    #[test]
    fn counting() {
        assert_eq!(most_first(vec![3, 1, 3, 2, 1, 3]), [(3, 3), (1, 2), (2, 1)]);
        assert_eq!(distinct(vec!["a", "b", "a"]), 2);
    }
}
