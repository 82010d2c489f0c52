/** A package that the build contains, as Vite lists it. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** SPDX identifier. */
  readonly identifier?: string
  /** The license file of the package, if it has one. */
  readonly text?: string
}

const RULE = '-'.repeat(80)

/**
 * The notices that the licenses of the shipped packages ask for.
 * @param apacheLicense the text of the Apache License 2.0, to which most of Atlassian's packages only link
 * @throws {Error} a package has neither a license text nor the Apache License
 */
export function thirdPartyNotices(packages: readonly ShippedPackage[], apacheLicense: string): string {
  const notices = packages.map(({ name, version, identifier = 'unknown', text }) => {
    if (text === undefined && identifier !== 'Apache-2.0') {
      throw new Error(`${name} ${version} has no license text. Add its notice by hand.`)
    }
    const notice =
      text ?? `The package has no notice of its own. The text of its license is at the end of this file.`
    return `${name} ${version} (${identifier})\n\n${notice}`
  })
  return `The page contains these packages, each under its own license.

${[...notices, `Apache License 2.0\n\n${apacheLicense.trim()}`].map((notice) => `${RULE}\n${notice}\n`).join('\n')}`
}
