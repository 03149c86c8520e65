//! Half-open ranges on the time line.

use jiff::Timestamp as Instant;

/// The instants from a start up to, but without, an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstantRange {
    /// The first instant.
    pub start: Instant,
    /// The first instant after the range, never before the start.
    pub end: Instant,
}

impl InstantRange {
    /// Returns the range from `start` to `end`; empty at `start` if the end is before it.
    pub fn new(start: Instant, end: Instant) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Returns whether the range has no instant.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the length in seconds.
    pub fn seconds(self) -> i64 {
        self.end.duration_since(self.start).as_secs()
    }

    /// Returns whether `instant` is in the range.
    pub fn contains(self, instant: Instant) -> bool {
        (self.start..self.end).contains(&instant)
    }

    /// Returns whether all of `other` is in the range.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether both share an instant. Ranges that only touch do not, and an empty one shares nothing.
    pub fn overlaps(self, other: Self) -> bool {
        self.intersection(other).is_some()
    }

    /// Returns the instants that both share.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// Returns the union of `ranges` as ranges that neither overlap nor touch, in order.
    pub fn union(ranges: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut ranges: Vec<Self> = ranges
            .into_iter()
            .filter(|range| !range.is_empty())
            .collect();
        ranges.sort_unstable();
        ranges.dedup_by(|next, kept| {
            let joins = next.start <= kept.end;
            if joins {
                kept.end = kept.end.max(next.end);
            }
            joins
        });
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: i64, end: i64) -> InstantRange {
        let at = |second| Instant::constant(second, 0);
        InstantRange::new(at(start), at(end))
    }

    #[test]
    fn ranges_are_half_open() {
        assert!(!range(0, 5).overlaps(range(5, 9)));
        assert!(range(0, 6).overlaps(range(5, 9)));
        assert!(!range(0, 9).overlaps(range(5, 5)));
        assert!(range(0, 9).covers(range(5, 9)));
        assert!(!range(0, 9).contains(range(9, 9).start));
        assert_eq!(range(5, 3), range(5, 5));
        assert_eq!(range(5, 8).seconds(), 3);
    }

    #[test]
    fn a_union_joins_what_overlaps_or_touches() {
        let union = InstantRange::union([
            range(8, 9),
            range(0, 3),
            range(3, 5),
            range(1, 2),
            range(6, 6),
        ]);
        assert_eq!(union, [range(0, 5), range(8, 9)]);
    }
}
