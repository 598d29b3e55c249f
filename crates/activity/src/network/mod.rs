//! Network addresses and the categories that published ranges put them in.

mod read;

use std::{collections::BTreeMap, net::IpAddr};

pub use read::{RangeFile, RefusedLine, read_ranges};

/// Inclusive ranges of addresses: IPv4 and IPv6 apart, each by its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    pub(crate) v4: Vec<(u32, u32)>,
    pub(crate) v6: Vec<(u128, u128)>,
}

impl Ranges {
    /// How many ranges there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.v4.len() + self.v6.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Ranges by category, such as `vpn`, `datacenter`, `tor`, `relay` or `dprk`.
#[derive(Clone, Debug, Default)]
pub struct Networks(BTreeMap<String, Ranges>);

impl Networks {
    /// Adds ranges to a category. An empty list makes the category known all the same: nothing lies in it.
    pub fn add(&mut self, category: &str, ranges: &Ranges) {
        let known = self.0.entry(category.to_owned()).or_default();
        known.v4.extend_from_slice(&ranges.v4);
        known.v6.extend_from_slice(&ranges.v6);
        known.v4 = joined(std::mem::take(&mut known.v4), |end| end.saturating_add(1));
        known.v6 = joined(std::mem::take(&mut known.v6), |end| end.saturating_add(1));
    }

    /// Whether ranges of a category were added.
    #[must_use]
    pub fn knows(&self, category: &str) -> bool {
        self.0.contains_key(category)
    }

    /// The categories that ranges were added of, sorted.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The categories of an address, sorted. Every category whose ranges hold it counts.
    #[must_use]
    pub fn categories(&self, address: IpAddr) -> Vec<&str> {
        let holds = |ranges: &Ranges| match canonical(address) {
            IpAddr::V4(address) => within(&ranges.v4, address.to_bits()),
            IpAddr::V6(address) => within(&ranges.v6, address.to_bits()),
        };
        self.0.iter().filter(|(_, ranges)| holds(ranges)).map(|(category, _)| category.as_str()).collect()
    }
}

/// An IPv4 address that is written as IPv6 (RFC 4291, section 2.5.5.2) is the IPv4 address.
fn canonical(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// Sorted ranges, those that touch or overlap joined, so that one look is enough.
fn joined<N: Ord + Copy>(mut ranges: Vec<(N, N)>, next: impl Fn(N) -> N) -> Vec<(N, N)> {
    ranges.sort_unstable();
    let mut joined: Vec<(N, N)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match joined.last_mut() {
            Some((_, last)) if start <= next(*last) => *last = (*last).max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn within<N: Ord + Copy>(ranges: &[(N, N)], address: N) -> bool {
    let behind = ranges.partition_point(|(start, _)| *start <= address);
    behind.checked_sub(1).and_then(|place| ranges.get(place)).is_some_and(|(_, end)| address <= *end)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_has_every_category_that_holds_it() {
        let mut networks = Networks::default();
        networks.add("vpn", &read_ranges(b"203.0.113.0/25\n203.0.113.128/25\n2001:db8:1::/48\n").ranges);
        networks.add("datacenter", &read_ranges(b"203.0.113.64-203.0.113.70\n").ranges);
        networks.add("tor", &Ranges::default());
        let of = |text: &str| networks.categories(text.parse().unwrap());
        assert_eq!(of("203.0.113.64"), ["datacenter", "vpn"]);
        assert_eq!(of("::ffff:203.0.113.200"), ["vpn"]);
        assert_eq!(of("2001:DB8:1:0:0:0:0:1"), ["vpn"]);
        assert!(of("203.0.114.0").is_empty() && of("2001:db8:2::").is_empty());
        assert_eq!(networks.known().collect::<Vec<_>>(), ["datacenter", "tor", "vpn"]);
    }

    #[test]
    fn the_ends_of_the_space_are_addresses_too() {
        let mut networks = Networks::default();
        networks.add("all", &read_ranges(b"0.0.0.0/0\n::/0\n").ranges);
        for address in
            [IpAddr::V4(Ipv4Addr::BROADCAST), IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::from_bits(u128::MAX))]
        {
            assert_eq!(networks.categories(address), ["all"]);
        }
    }

    proptest! {
        #[test]
        fn looking_up_is_looking_through(ranges in prop::collection::vec((0u32..500, 0u32..40), 0..30), address in 0u32..600) {
            let ranges: Vec<(u32, u32)> = ranges.into_iter().map(|(start, length)| (start, start + length)).collect();
            let through = ranges.iter().any(|(start, end)| (*start..=*end).contains(&address));
            let mut networks = Networks::default();
            networks.add("x", &Ranges { v4: ranges, v6: Vec::new() });
            prop_assert_eq!(!networks.categories(IpAddr::V4(Ipv4Addr::from_bits(address))).is_empty(), through);
        }
    }
}
