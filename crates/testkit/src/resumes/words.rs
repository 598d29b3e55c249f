//! The words that invented résumés are made of.

pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

pub(super) const GIVEN: &[&str] = &[
    "Mirela",
    "Tobiah",
    "Yvaine",
    "Oskar",
    "Priyanka",
    "Desmond",
    "Lucinda",
    "Hamid",
    "Greta",
    "Rowena",
    "Ikaika",
    "Noelle",
    "Anselm",
    "Fatoumata",
    "Quentin",
    "Solveig",
];

pub(super) const FAMILY: &[&str] = &[
    "Wexcombe",
    "Ardingly",
    "Okonkwale",
    "Brandtner",
    "Castellow",
    "Fenwick-Braun",
    "Halvorsund",
    "Iyerson",
    "Jallowby",
    "Kestermann",
    "Lorimande",
    "Marchbanks",
    "Nakashiro",
    "Quillfeather",
    "Rosenquist",
    "Tarkovna",
];

pub(super) const FIRM_STEMS: &[&str] = &[
    "Tidewater",
    "Copperleaf",
    "Northmoor",
    "Quillon",
    "Brightharbor",
    "Fernhill",
    "Granite Bay",
    "Halden & Roe",
    "Larkspur",
    "Meridian Point",
    "Ostrava",
    "Pinehall",
    "Redshank",
    "Silver Birch",
    "Thistledown",
    "Vantreight",
];

pub(super) const FIRM_KINDS: &[&str] = &[
    "",
    "Systems",
    "Labs",
    "Analytics",
    "Health",
    "Logistics Group",
    "Software, Inc.",
    "Consulting Ltd.",
    "Bank",
    "Foundation",
    "Robotics",
    "Media",
    "Financial",
    "Public Library",
    "Energy",
    "Studios",
    "Freight Co.",
    "LLC",
    "Insurance",
    "School District",
];

pub(super) const TITLES: &[&str] = &[
    "Senior Software Engineer",
    "Data Analyst",
    "Product Manager, Growth",
    "Registered Nurse",
    "Operations Manager",
    "Staff Accountant",
    "Site Reliability Engineer II",
    "Research Assistant",
    "Customer Success Manager",
    "Graphic Designer",
    "Machine Learning Engineer",
    "Paralegal",
    "Teaching Assistant",
    "Head of Marketing",
    "Security Engineer",
    "Warehouse Supervisor",
    "Technical Writer",
    "Founder & CEO",
    "Java Developer Intern",
    "Business Analyst",
];

pub(super) const PLACES: &[&str] = &[
    "Portland, OR",
    "Austin, TX",
    "Raleigh, NC",
    "Boise, ID",
    "Columbus, Ohio",
    "London, UK",
    "Berlin, Germany",
    "Toronto, ON",
    "Brooklyn, NY",
    "Denver, CO",
];

pub(super) const SCHOOLS: &[&str] =
    &["Lakeside University", "University of Northmoor", "Harrow Institute of Technology", "Pinehall State College"];

pub(super) const SKILLS: &[&str] =
    &["Python", "Rust", "Go", "Kubernetes", "PostgreSQL", "Terraform", "Excel", "Figma", "Kafka", "React", "Linux", "Tableau"];

pub(super) const DUTIES: &[&str] = &[
    "Rebuilt the billing run, which had failed every second month, and cut its time from nine hours to one",
    "Trained eight new colleagues and wrote the guide that four other offices use today",
    "Led the move of fourteen services to a new data centre without an outage",
    "Saved $310K per year through a new contract in 2021",
    "Answered for the monthly report to the board.",
    "Designed an event-driven pipeline that handles two million records daily",
    "Kept the books and the peace",
];
