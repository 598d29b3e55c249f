//! The open vocabularies of section 10: values outside them are allowed, and unusual.

/// A vocabulary.
#[derive(Debug)]
pub(in crate::stix) struct Vocabulary {
    pub(in crate::stix) name: &'static str,
    /// The values, separated by blanks.
    values: &'static str,
    /// Whether letters of either case are equal.
    folds_case: bool,
    /// Whether values are lower case with hyphens.
    pub(in crate::stix) is_styled: bool,
}

impl Vocabulary {
    pub(in crate::stix) fn holds(&self, value: &str) -> bool {
        self.values.split_ascii_whitespace().any(|of| of == value || self.folds_case && of.eq_ignore_ascii_case(value))
    }
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident $text:literal $styled:literal [$($value:literal),* $(,)?];)*) => {
        $($(#[$doc])* pub(in crate::stix) static $name: Vocabulary =
            Vocabulary { name: $text, values: concat!($($value, " "),*), folds_case: false, is_styled: $styled };)*
    };
}

pub(in crate::stix) const EXTENSION_TYPES: &[&str] =
    &["new-sdo", "new-sco", "new-sro", "property-extension", "toplevel-property-extension"];

vocabulary! {
    ACCOUNT_TYPE "account-type-ov" false [
        "facebook ldap nis openid radius skype tacacs twitter unix windows-local windows-domain kavi",
    ];
    MOTIVATION "attack-motivation-ov" true [
        "accidental coercion dominance ideology notoriety organizational-gain personal-gain personal-satisfaction revenge",
        "unpredictable",
    ];
    RESOURCE_LEVEL "attack-resource-level-ov" true ["individual club contest team organization government"];
    GROUPING_CONTEXT "grouping-context-ov" false ["suspicious-activity malware-analysis unspecified"];
    HASH "hash-algorithm-ov" false ["MD5 SHA-1 SHA-256 SHA-512 SHA3-256 SHA3-512 SSDEEP TLSH"];
    IDENTITY_CLASS "identity-class-ov" true ["individual group system organization class unknown"];
    IMPLEMENTATION_LANGUAGE "implementation-language-ov" true [
        "applescript bash c c++ c# go java javascript lua objective-c perl php powershell python ruby scala swift typescript",
        "visual-basic x86-32 x86-64",
    ];
    INDICATOR_TYPE "indicator-type-ov" true [
        "anomalous-activity anonymization benign compromised malicious-activity attribution unknown",
    ];
    INDUSTRY_SECTOR "industry-sector-ov" true [
        "agriculture aerospace automotive chemical commercial communications construction defense education energy entertainment",
        "financial-services government emergency-services government-local government-national government-public-services",
        "government-regional healthcare hospitality-leisure infrastructure dams nuclear water insurance manufacturing mining",
        "non-profit pharmaceuticals retail technology telecommunications transportation utilities",
    ];
    INFRASTRUCTURE_TYPE "infrastructure-type-ov" true [
        "amplification anonymization botnet command-and-control control-system exfiltration firewall hosting-malware",
        "hosting-target-lists phishing reconnaissance routers-switches staging workstation unknown",
    ];
    MALWARE_RESULT "malware-result-ov" true ["malicious suspicious benign unknown"];
    CAPABILITY "malware-capabilities-ov" true [
        "accesses-remote-machines anti-debugging anti-disassembly anti-emulation anti-memory-forensics anti-sandbox anti-vm",
        "captures-input-peripherals captures-output-peripherals captures-system-state-data cleans-traces-of-infection",
        "commits-fraud communicates-with-c2 compromises-data-availability compromises-data-integrity",
        "compromises-system-availability controls-local-machine degrades-security-software degrades-system-updates",
        "determines-c2-server emails-spam escalates-privileges evades-av exfiltrates-data fingerprints-host hides-artifacts",
        "hides-executing-code infects-files infects-remote-machines installs-other-components persists-after-system-reboot",
        "prevents-artifact-access prevents-artifact-deletion probes-network-environment self-modifies",
        "steals-authentication-credentials violates-system-operational-integrity",
    ];
    MALWARE_TYPE "malware-type-ov" true [
        "adware backdoor bot bootkit ddos downloader dropper exploit-kit keylogger ransomware remote-access-trojan",
        "resource-exploitation rogue-security-software rootkit screen-capture spyware trojan unknown virus webshell wiper worm",
    ];
    PATTERN_TYPE "pattern-type-ov" false ["stix pcre sigma snort suricata yara"];
    PROCESSOR "processor-architecture-ov" true ["alpha arm ia-64 mips powerpc sparc x86 x86-64"];
    /// The regions of the United Nations' M49, as section 10.24 names them.
    REGION "region-ov" true [
        "africa eastern-africa middle-africa northern-africa southern-africa western-africa americas latin-america-caribbean",
        "south-america caribbean central-america northern-america asia central-asia eastern-asia southern-asia",
        "south-eastern-asia western-asia europe eastern-europe northern-europe southern-europe western-europe oceania",
        "australia-new-zealand melanesia micronesia polynesia antarctica",
    ];
    REPORT_TYPE "report-type-ov" true [
        "attack-pattern campaign identity indicator intrusion-set malware observed-data threat-actor threat-report tool",
        "vulnerability",
    ];
    ACTOR_TYPE "threat-actor-type-ov" true [
        "activist competitor crime-syndicate criminal hacker insider-accidental insider-disgruntled nation-state sensationalist",
        "spy terrorist unknown",
    ];
    ACTOR_ROLE "threat-actor-role-ov" true [
        "agent director independent infrastructure-architect infrastructure-operator malware-author sponsor",
    ];
    SOPHISTICATION "threat-actor-sophistication-ov" true ["none minimal intermediate advanced expert innovator strategic"];
    TOOL_TYPE "tool-type-ov" true [
        "denial-of-service exploitation information-gathering network-capture credential-exploitation remote-access",
        "vulnerability-scanning unknown",
    ];
    PE_TYPE "windows-pebinary-type-ov" false ["dll exe sys"];
}

/// Countries of ISO 3166-1, two letters.
pub(in crate::stix) static COUNTRY: Vocabulary = Vocabulary {
    name: "ISO 3166-1",
    values: "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD \
        CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG \
        GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR \
        KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF \
        NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM \
        SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE \
        YT ZA ZM ZW",
    folds_case: true,
    is_styled: false,
};
