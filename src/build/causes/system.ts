import type { KnownCause } from '../causes.ts'

/** Packages of the distribution, and what belongs to the shell. */
export const systemCauses: readonly KnownCause[] = [
  {
    name: 'apt-mirror',
    pattern: /Hash Sum mismatch|File has unexpected size|Mirror sync in progress|Release file for \S+ is (?:not valid yet|expired)/i,
    cause: 'The mirror of the distribution is being updated, or the clock is wrong.',
    fix: 'Run the job again. Have apt-get update and apt-get install in one RUN, so that no old list is used from the cache.',
  },
  {
    name: 'apt-outdated',
    pattern: /does not have a Release file|no longer has a Release file|Failed to fetch .* 404|404 +Not Found \[IP/i,
    cause: 'The distribution of the base image is no longer served, or an old package list from the layer cache was used.',
    fix: 'Take a newer base image (buster and stretch are at their end). Have apt-get update and apt-get install in one RUN.',
  },
  {
    name: 'apt-package',
    pattern: /Unable to locate package (\S+)|Package '?([^'\s]+)'? has no installation candidate|unable to select packages:/i,
    cause: 'The distribution of the base image has no package $1$2, or its list was not fetched.',
    fix: 'Run apt-get update in the same RUN before; else look up what the package is called in this distribution.',
  },
  {
    name: 'line-endings',
    pattern: /\^M: bad interpreter|\$'\\r'|\r: not found|env: .*\\r/i,
    cause: 'A script has the line ends of Windows.',
    fix: 'Store it with LF: "*.sh text eol=lf" in .gitattributes.',
  },
  {
    name: 'not-executable',
    pattern: /exit code: 126|\.\S*: Permission denied$/,
    cause: 'A script may not be executed.',
    fix: 'COPY --chmod=755, or git update-index --chmod=+x.',
  },
  {
    name: 'not-allowed',
    pattern: /Permission denied|Operation not permitted|are you root\?|EACCES/,
    cause: 'A step may not write where it wants to: a USER instruction stands before it, or the base image has a user of its own.',
    fix: 'Put USER root before the step and the user after it, or COPY --chown the folder.',
  },
]
