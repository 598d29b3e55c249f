//! Builders, the Markdown case runner and the population generator
