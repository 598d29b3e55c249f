//! Draws applications by the thousand, in clumps of many sizes, and says how long it took.
//!
//! `cargo run --release -p bonafide-report --example graph -- NODES FILE.html`

#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use std::{fs::File, io::BufWriter, time::Instant};

use bonafide_report::graph::{Graph, Person, Role, Shared};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(nodes), Some(file)) = (arguments.next(), arguments.next()) else { return Err("name NODES and FILE.html".into()) };
    let nodes: usize = nodes.parse()?;
    let mut graph = Graph::new("Invented applications");
    let mut left = nodes;
    let mut clump = 0;
    while left > 4 {
        // Sizes from 3 to 900, small ones more often, as rings and campuses are.
        let people = (3 + clump * clump % 17 + if clump % 40 == 7 { 890 } else { 0 }).min(left * 3 / 5).max(2);
        let members: Vec<usize> = (0..people)
            .map(|at| graph.add(Person::new(&format!("app-{clump}-{at}"), if at == 0 { Role::Centre } else { Role::Member })))
            .collect();
        let values = (people / 2).max(1);
        for at in 0..values {
            let holders = members.iter().skip(at * 2 % people).step_by(1 + at % 3).take(2 + at % 4).copied();
            let of_all = [members[0], members[(at * 7 + 1) % people]];
            graph.share(
                Shared::new(["wallet", "phone", "device"][at % 3], &format!("value-{clump}-{at}"), 6.0)
                    .held_by(4)
                    .between(holders.chain(of_all)),
            );
        }
        left = left.saturating_sub(people + values);
        clump += 1;
    }
    let started = Instant::now();
    graph.write_html(&mut BufWriter::new(File::create(&file)?))?;
    println!("{} applications and {} values drawn in {:?}", graph.people(), graph.shared(), started.elapsed());
    Ok(())
}
