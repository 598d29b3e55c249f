//! Where the epoch key lives: an owner-only file, a file wrapped under a key of the environment, or a vault behind a command.

use std::{
    fmt,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    ambient::Randomness,
    disk::{self, Disk},
    error::{Result, StoreError},
    id::{from_hex, to_hex},
    seal,
};

/// The key under which all subjects' keys are wrapped, until the next erasure. Erased from memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EpochKey([u8; 32]);

impl EpochKey {
    /// Takes 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EpochKey(…)")
    }
}

/// Keeps epoch keys. Destroying one must make it unrecoverable: all that an erasure rests on.
pub trait EpochVault: Send + fmt::Debug {
    /// The key of an epoch, `None` where there is none.
    ///
    /// # Errors
    /// Where the vault cannot be asked or the key cannot be read.
    fn read(&self, epoch: u64) -> Result<Option<EpochKey>>;

    /// Keeps the key of a new epoch, durably. Replaces one that an interrupted erasure left.
    ///
    /// # Errors
    /// Where the vault refuses.
    fn write(&self, epoch: u64, key: &EpochKey) -> Result<()>;

    /// Destroys the key of an epoch. A key that is not there is no error.
    ///
    /// # Errors
    /// Where the vault refuses.
    fn destroy(&self, epoch: u64) -> Result<()>;
}

/// Which vault to use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KeySource {
    /// An owner-only file in the keys folder.
    #[default]
    File,
    /// The same file, wrapped under a key from an environment variable: 64 hexadecimal digits.
    Environment {
        /// Name of the variable.
        variable: String,
    },
    /// A command that speaks to a vault; see [`CommandVault`].
    Command {
        /// The program.
        program: PathBuf,
        /// Its first arguments.
        arguments: Vec<String>,
    },
}

impl KeySource {
    pub(crate) fn open(&self, folder: &Path, disk: &Disk, random: &Randomness) -> Result<Box<dyn EpochVault>> {
        let file = FileVault { folder: folder.to_owned(), disk: disk.clone() };
        Ok(match self {
            Self::File => Box::new(file),
            Self::Environment { variable } => {
                let text = Zeroizing::new(std::env::var(variable).map_err(|error| StoreError::Vault {
                    operation: "read the wrapping key",
                    why: format!("environment variable {variable}: {error}; set it to 64 hexadecimal digits"),
                })?);
                let root = from_hex(&Zeroizing::new(text.trim().to_ascii_lowercase())).ok_or_else(|| StoreError::Vault {
                    operation: "read the wrapping key",
                    why: format!("environment variable {variable} must hold 64 hexadecimal digits"),
                })?;
                Box::new(EnvironmentVault { file, root: EpochKey(root), random: random.clone() })
            }
            Self::Command { program, arguments } => {
                Box::new(CommandVault { program: program.clone(), arguments: arguments.clone(), limit: Duration::from_secs(30) })
            }
        })
    }
}

const PLAIN: &str = "bonafide epoch key 1";
const WRAPPED: &str = "bonafide wrapped epoch key 1";

/// Keeps each epoch key in an owner-only file, `epoch-<number>.key`.
#[derive(Debug)]
pub struct FileVault {
    folder: PathBuf,
    disk: Disk,
}

impl FileVault {
    fn path(&self, epoch: u64) -> PathBuf {
        self.folder.join(format!("epoch-{epoch:08}.key"))
    }

    fn read_lines(&self, epoch: u64) -> Result<Option<Zeroizing<String>>> {
        let path = self.path(epoch);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = Zeroizing::new(disk::read_whole(&path, 4096)?);
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Some(Zeroizing::new(text.to_owned()))),
            Err(_) => Err(StoreError::KeyringDamaged { path, what: "it is not text".into() }),
        }
    }

    fn damaged(&self, epoch: u64, what: &str) -> StoreError {
        StoreError::KeyringDamaged { path: self.path(epoch), what: what.into() }
    }

    fn parse<const N: usize>(&self, epoch: u64, text: &str, title: &str) -> Result<Zeroizing<[u8; N]>> {
        let (head, rest) = text.split_once('\n').unwrap_or((text, ""));
        if head != title {
            return Err(self.damaged(
                epoch,
                if head == WRAPPED {
                    "the epoch key is wrapped under an environment key: configure the same key source as before"
                } else if head == PLAIN {
                    "the epoch key is not wrapped, but a wrapping key is configured: configure the same key source as before"
                } else {
                    "it is not an epoch key"
                },
            ));
        }
        let digits = rest.strip_suffix('\n').ok_or_else(|| self.damaged(epoch, "it is cut off"))?;
        from_hex(digits).map(Zeroizing::new).ok_or_else(|| self.damaged(epoch, "the key is malformed"))
    }
}

impl EpochVault for FileVault {
    fn read(&self, epoch: u64) -> Result<Option<EpochKey>> {
        let Some(text) = self.read_lines(epoch)? else { return Ok(None) };
        Ok(Some(EpochKey(*self.parse::<32>(epoch, &text, PLAIN)?)))
    }

    fn write(&self, epoch: u64, key: &EpochKey) -> Result<()> {
        let digits = Zeroizing::new(to_hex(&key.0));
        let text = Zeroizing::new(format!("{PLAIN}\n{}\n", digits.as_str()));
        self.disk.write_whole(&self.path(epoch), text.as_bytes())
    }

    fn destroy(&self, epoch: u64) -> Result<()> {
        self.disk.destroy(&disk::with_suffix(&self.path(epoch), ".new"))?;
        self.disk.destroy(&self.path(epoch))
    }
}

/// Keeps each epoch key in a file, wrapped under a root key from the environment: who has the disk alone has nothing.
#[derive(Debug)]
pub struct EnvironmentVault {
    file: FileVault,
    root: EpochKey,
    random: Randomness,
}

/// Nonce, key and tag.
const WRAPPED_LENGTH: usize = 24 + 32 + 16;

impl EpochVault for EnvironmentVault {
    fn read(&self, epoch: u64) -> Result<Option<EpochKey>> {
        let Some(text) = self.file.read_lines(epoch)? else { return Ok(None) };
        let wrapped = self.file.parse::<WRAPPED_LENGTH>(epoch, &text, WRAPPED)?;
        seal::open_with(&self.root.0, &associated(epoch), wrapped.as_slice())
            .map(Zeroizing::new)
            .and_then(|plain| <[u8; 32]>::try_from(plain.as_slice()).ok())
            .map(|bytes| Some(EpochKey(bytes)))
            .ok_or_else(|| self.file.damaged(epoch, "it does not open under the key in the environment variable"))
    }

    fn write(&self, epoch: u64, key: &EpochKey) -> Result<()> {
        let wrapped = seal::seal_with(&self.root.0, &self.random.bytes()?, &associated(epoch), &key.0);
        self.file.disk.write_whole(&self.file.path(epoch), format!("{WRAPPED}\n{}\n", to_hex(&wrapped)).as_bytes())
    }

    fn destroy(&self, epoch: u64) -> Result<()> {
        self.file.destroy(epoch)
    }
}

fn associated(epoch: u64) -> Vec<u8> {
    format!("bonafide epoch key {epoch}").into_bytes()
}

/// Keeps epoch keys in a vault behind a command, which is called as
///
/// - `PROGRAM ARGUMENTS… read EPOCH`: prints 64 hexadecimal digits, or nothing where there is no such key;
/// - `PROGRAM ARGUMENTS… write EPOCH`: reads 64 hexadecimal digits from standard input and keeps them;
/// - `PROGRAM ARGUMENTS… destroy EPOCH`: destroys the key, and succeeds where it is gone already.
///
/// Exit status 0 means done. The key never stands in an argument or in the environment. A call may take 30 seconds.
#[derive(Debug)]
pub struct CommandVault {
    program: PathBuf,
    arguments: Vec<String>,
    limit: Duration,
}

impl CommandVault {
    fn call(&self, operation: &'static str, epoch: u64, input: &str) -> Result<Zeroizing<String>> {
        let failed = |why: String| StoreError::Vault { operation, why: format!("{}: {why}", self.program.display()) };
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .arg(operation)
            .arg(epoch.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that does not read its input closes the pipe; its exit status tells whether that was right.
            let _ = stdin.write_all(input.as_bytes());
        }
        let started = Instant::now();
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if started.elapsed() > self.limit => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(failed(format!("no answer within {} s", self.limit.as_secs())));
                }
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                Err(error) => return Err(failed(error.to_string())),
            }
        };
        if !status.success() {
            return Err(failed(format!("it ended with {status}")));
        }
        let mut output = Zeroizing::new(String::new());
        if let Some(stdout) = child.stdout.take() {
            stdout.take(4096).read_to_string(&mut output).map_err(|error| failed(error.to_string()))?;
        }
        Ok(output)
    }
}

impl EpochVault for CommandVault {
    fn read(&self, epoch: u64) -> Result<Option<EpochKey>> {
        let answer = self.call("read", epoch, "")?;
        let digits = Zeroizing::new(answer.trim().to_ascii_lowercase());
        if digits.is_empty() {
            return Ok(None);
        }
        from_hex(&digits).map(|bytes| Some(EpochKey(bytes))).ok_or_else(|| StoreError::Vault {
            operation: "read",
            why: format!("{}: the answer is not 64 hexadecimal digits", self.program.display()),
        })
    }

    fn write(&self, epoch: u64, key: &EpochKey) -> Result<()> {
        let digits = Zeroizing::new(to_hex(&key.0));
        self.call("write", epoch, &digits).map(drop)
    }

    fn destroy(&self, epoch: u64) -> Result<()> {
        self.call("destroy", epoch, "").map(drop)
    }
}
