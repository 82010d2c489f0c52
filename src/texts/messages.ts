/** The messages of `messages/en.json`, and the values they need. Written by `npm run messages:types`. */
export interface Messages {
  readonly page: {
    readonly appName: string
    readonly appPurpose: string
    readonly instance: string
    readonly loading: string
    readonly tryAgain: string
    readonly cancel: string
    readonly close: string
    readonly waitingForJira: string
    readonly account: {
      readonly userLabel: string
      readonly signedInAs: (values: { readonly username: string }) => string
      readonly signedOut: string
      readonly signOut: string
    }
    readonly signIn: {
      readonly title: string
      readonly reason: string
      readonly button: (values: { readonly instanceName: string }) => string
      readonly inWindow: string
      readonly inWindowHelp: string
      readonly showWindow: string
      readonly waiting: string
    }
    readonly linking: {
      readonly done: (values: { readonly name: string }) => string
      readonly whatNext: string
      readonly whatIsSent: string
    }
    readonly list: {
      readonly title: string
      readonly errorHelp: string
      readonly empty: string
      readonly emptyHelp: string
      readonly linkedAge: (values: { readonly age: string }) => string
      readonly linkedOn: (values: { readonly date: string }) => string
      readonly isNew: string
      readonly unlink: string
      readonly unlinkGroup: (values: { readonly name: string }) => string
      readonly unlinked: (values: { readonly name: string }) => string
      readonly keptInJira: string
      readonly filter: string
      readonly filterHint: string
      readonly noneMatches: (values: { readonly filter: string }) => string
      readonly order: string
      readonly orderAfterNew: string
      readonly orders: {
        readonly name: string
        readonly newest: string
        readonly oldest: string
      }
      readonly showAll: (values: { readonly count: number }) => string
      readonly select: (values: { readonly name: string }) => string
      readonly selectAll: (values: { readonly count: number }) => string
      readonly selectMatching: (values: { readonly count: number }) => string
      readonly matches: (values: { readonly count: number }) => string
    }
    readonly failure: {
      readonly said: (values: { readonly speaker: string }) => string
      readonly whatToDo: string
      readonly wordsMissing: (values: { readonly code: string }) => string
      readonly saveAgain: string
      readonly savedAgain: string
      readonly possibleCauses: string
    }
    readonly copy: {
      readonly copy: (values: { readonly name: string }) => string
      readonly link: (values: { readonly name: string }) => string
      readonly copied: string
      readonly pressKeys: string
    }
    readonly choosing: {
      readonly change: string
      readonly useOther: string
    }
    readonly check: {
      readonly button: string
    }
    readonly details: {
      readonly copy: string
      readonly documentation: string
    }
  }
  readonly unlinkQuestion: {
    readonly question: (values: { readonly name: string }) => string
    readonly consequence: string
    readonly consequenceBelow: (values: { readonly parent: string }) => string
  }
  readonly linkGroups: {
    readonly title: string
    readonly group: string
    readonly placeholder: string
    readonly rules: string
    readonly rulesForAdministrators: string
    readonly link: (values: { readonly count: number }) => string
    readonly linked: string
    readonly loading: string
    readonly topLevelOnly: string
    readonly tooShort: string
    readonly beingDeleted: string
    readonly unfinished: string
    readonly noneFound: (values: { readonly instanceName: string; readonly search: string }) => string
    readonly noneFoundForAdministrators: (values: {
      readonly instanceName: string
      readonly search: string
    }) => string
    readonly noneAtAll: string
    readonly noTopLevel: string
    readonly noTopLevelFound: (values: { readonly search: string }) => string
    readonly coveredBy: (values: { readonly name: string }) => string
    readonly alreadyChosen: string
    readonly noneAtAllForAdministrators: string
    readonly elsewhere: (values: { readonly host: string; readonly instanceName: string }) => string
    readonly noGroupAddress: string
    readonly ownNamespace: (values: { readonly path: string }) => string
    readonly noneAtAddress: (values: { readonly path: string }) => string
    readonly around: string
    readonly found: (values: { readonly count: number }) => string
    readonly foundMore: (values: { readonly count: number }) => string
    readonly chosenOne: (values: { readonly count: number; readonly name: string }) => string
    readonly removedOne: (values: { readonly count: number; readonly name: string }) => string
    readonly cleared: string
    readonly remove: (values: { readonly name: string }) => string
    readonly clear: string
    readonly chosen: (values: { readonly count: number }) => string
    readonly show: string
    readonly hide: string
    readonly showMore: (values: { readonly count: number }) => string
    readonly covered: (values: { readonly count: number }) => string
    readonly coveredOne: (values: { readonly name: string; readonly by: string }) => string
    readonly leaveOut: string
    readonly all: string
    readonly allMatching: (values: { readonly search: string }) => string
    readonly reading: (values: { readonly count: number }) => string
    readonly confirmAll: (values: { readonly count: number }) => string
    readonly confirmAllButton: (values: { readonly count: number }) => string
    readonly skipped: (values: { readonly count: number }) => string
    readonly coveredSkipped: (values: { readonly count: number }) => string
    readonly includeCovered: (values: { readonly count: number }) => string
    readonly nothingToChoose: string
  }
  readonly bulk: {
    readonly linking: {
      readonly running: (values: { readonly total: number }) => string
      readonly paused: string
      readonly canceled: (values: { readonly total: number; readonly done: number }) => string
      readonly finished: (values: { readonly total: number }) => string
      readonly finishedPartly: (values: { readonly total: number; readonly done: number }) => string
      readonly progress: (values: { readonly done: number; readonly total: number }) => string
      readonly already: (values: { readonly count: number }) => string
      readonly done: (values: { readonly count: number }) => string
      readonly whatNext: string
      readonly leaving: string
    }
    readonly unlinking: {
      readonly running: (values: { readonly total: number }) => string
      readonly paused: string
      readonly canceled: (values: { readonly total: number; readonly done: number }) => string
      readonly finished: (values: { readonly total: number }) => string
      readonly finishedPartly: (values: { readonly total: number; readonly done: number }) => string
      readonly progress: (values: { readonly done: number; readonly total: number }) => string
      readonly already: (values: { readonly count: number }) => string
      readonly done: (values: { readonly count: number }) => string
      readonly whatNext: string
      readonly leaving: string
    }
    readonly failed: (values: { readonly count: number }) => string
    readonly notSent: (values: { readonly count: number }) => string
    readonly finishing: string
    readonly lessThanAMinuteLeft: string
    readonly minutesLeft: (values: { readonly count: number }) => string
    readonly hoursLeft: (values: { readonly count: number }) => string
    readonly askedToWait: (values: { readonly instanceName: string; readonly time: string }) => string
    readonly readOnly: (values: { readonly instanceName: string; readonly time: string }) => string
    readonly connectionLost: (values: { readonly reason: string }) => string
    readonly pausedBecause: (values: { readonly title: string; readonly reason: string }) => string
    readonly signedOut: string
    readonly signedInAgain: string
    readonly goOn: string
    readonly goOnNow: string
    readonly retryFailed: (values: { readonly count: number }) => string
    readonly failures: string
    readonly selection: {
      readonly selection: string
      readonly selected: (values: { readonly count: number }) => string
      readonly notShown: (values: { readonly count: number }) => string
      readonly clearSelection: string
      readonly unlinkMany: (values: { readonly count: number }) => string
      readonly questionMany: (values: { readonly count: number }) => string
      readonly more: (values: { readonly count: number }) => string
      readonly consequenceMany: (values: { readonly names: string }) => string
      readonly consequenceBelow: (values: { readonly names: string; readonly parent: string }) => string
    }
  }
  readonly chooseInstance: {
    readonly title: string
    readonly inUse: (values: { readonly instanceName: string }) => string
    readonly linkedThere: (values: { readonly count: number }) => string
    readonly own: string
    readonly address: string
    readonly willBeSaved: (values: { readonly url: string }) => string
    readonly takeInstead: (values: { readonly url: string }) => string
    readonly save: string
    readonly confirm: (values: { readonly name: string }) => string
    readonly confirmButton: string
    readonly keepsLinks: (values: { readonly count: number; readonly name: string }) => string
    readonly removesLinks: (values: { readonly count: number; readonly name: string }) => string
    readonly backToGroups: string
    readonly changed: (values: { readonly name: string }) => string
    readonly problems: {
      readonly 'instance-url-empty': string
      readonly 'instance-url-too-long': string
      readonly 'instance-url-unreadable': string
      readonly 'instance-url-scheme': string
      readonly 'instance-url-credentials': string
      readonly 'instance-url-query': string
      readonly 'instance-url-ipv6': string
      readonly 'instance-url-insecure': string
    }
  }
  readonly setUpGuide: {
    readonly title: string
    readonly effort: (values: { readonly steps: number }) => string
    readonly done: (values: { readonly done: number; readonly steps: number }) => string
    readonly tick: string
    readonly open: string
    readonly documentation: string
    readonly steps: {
      readonly prerequisites: {
        readonly title: string
        readonly text: string
      }
      readonly application: {
        readonly title: string
        readonly text: string
      }
      readonly settings: {
        readonly title: string
        readonly text: string
      }
      readonly jiraUser: {
        readonly title: string
        readonly text: string
      }
      readonly reverseProxy: {
        readonly title: string
        readonly text: string
      }
    }
    readonly fields: {
      readonly groups: string
      readonly appKey: string
    }
    readonly cleared: string
    readonly copiedBefore: string
    readonly eitherOf: string
    readonly leaveEmpty: string
  }
  readonly setUpCommands: {
    readonly title: string
    readonly explanation: string
    readonly readToken: string
    readonly token: string
    readonly copyToken: string
    readonly run: string
    readonly commands: string
    readonly copyCommands: string
  }
  readonly connectionCheck: {
    readonly title: string
    readonly running: string
    readonly passed: string
    readonly failed: string
    readonly unchecked: string
    readonly allPassed: string
    readonly restPassed: string
    readonly someFailed: string
    readonly again: string
    readonly stop: string
    readonly stopped: string
    readonly copy: string
    readonly needsSignIn: string
    readonly needsEarlier: string
    readonly checkedAt: (values: { readonly time: string }) => string
    readonly shortly: (values: { readonly title: string }) => string
    readonly explainedBelow: string
    readonly duration: (values: { readonly seconds: number }) => string
    readonly savedInstance: (values: { readonly instance: string }) => string
    readonly steps: {
      readonly bridge: string
      readonly app: string
      readonly reachable: string
      readonly cors: string
      readonly 'application-id': string
      readonly 'sign-in': string
      readonly user: string
      readonly version: string
      readonly groups: string
      readonly list: string
      readonly 'jira-user': string
    }
  }
  readonly outsideJira: {
    readonly title: string
    readonly body: string
    readonly steps: {
      readonly 1: string
      readonly 2: string
    }
  }
  readonly failures: {
    readonly shared: {
      readonly jiraAdministrator: {
        readonly 1: string
        readonly 2: string
      }
      readonly openAgain: string
      readonly signInInFront: (values: { readonly instanceName: string }) => string
      readonly proxyUrl: (values: { readonly instanceName: string }) => string
      readonly openUrl: string
      readonly compareApplication: (values: { readonly instanceName: string }) => string
      readonly cleared: string
      readonly contactAdministrator: (values: { readonly words: 'other' | 'quoted' }) => string
      readonly browseUsers: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly siteRenamed: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
      readonly readOnly: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
      readonly dropped: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
    }
    readonly 'access-token-refused': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'access-token-missing': {
      readonly title: string
      readonly cause: (values: { readonly instanceName: string }) => string
      readonly causes: {
        readonly 1: {
          readonly cause: (values: { readonly instanceName: string }) => string
          readonly steps: {
            readonly 1: string
          }
        }
        readonly 2: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
      }
    }
    readonly 'scope-missing': {
      readonly title: string
      readonly cause: (values: { readonly instanceName: string }) => string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'gitlab-account-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: (values: { readonly instanceName: string }) => string
        readonly 2: string
      }
    }
    readonly 'context-token-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly saveAgain: (values: { readonly instanceName: string }) => string
      readonly checkServer: string
      readonly reinstall: string
    }
    readonly 'jira-user-unreadable': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly proxy: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly allowlist: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
        }
      }
    }
    readonly 'jira-user-not-administrator': {
      readonly title: string
      readonly cause: string
      readonly orUnreadable: {
        readonly title: string
        readonly cause: string
        readonly notMember: string
      }
    }
    readonly 'group-not-linkable': {
      readonly title: string
      readonly cause: (values: { readonly instanceName: string }) => string
      readonly notFound: string
      readonly roleTooLow: (values: { readonly instanceName: string }) => string
      readonly gone: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
          readonly 2: (values: { readonly instanceName: string }) => string
        }
      }
      readonly role: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
          readonly 2: (values: { readonly instanceName: string }) => string
          readonly 3: string
        }
      }
    }
    readonly 'group-already-linked': {
      readonly title: string
      readonly cause: (values: { readonly instanceName: string }) => string
      readonly steps: {
        readonly 1: string
        readonly 2: string
      }
    }
    readonly 'not-found': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly path: {
        readonly cause: string
        readonly open: string
      }
      readonly tooOld: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly proxy: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
        }
      }
    }
    readonly 'too-many-requests': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'gitlab-read-only': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'refused-in-front': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: (values: { readonly refusal: 'method' | 'other' | 'signIn' | 'tooLarge' }) => string
      readonly askWhy: (values: { readonly instanceName: string }) => string
    }
    readonly redirected: {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly signInPage: (values: { readonly instanceName: string }) => string
      readonly moved: {
        readonly cause: string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
    }
    readonly 'gitlab-broken': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
        readonly 2: string
      }
      readonly notRunning: {
        readonly title: (values: { readonly instanceName: string }) => string
        readonly cause: string
      }
    }
    readonly 'request-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: (values: { readonly words: 'other' | 'quoted' }) => string
      readonly tryAgain: string
    }
    readonly 'gitlab-unreachable': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly notRunning: string
      readonly privateNetwork: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly extension: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly cutOff: {
        readonly title: (values: { readonly instanceName: string }) => string
        readonly cause: string
        readonly blocked: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
      }
      readonly servesPage: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
          readonly 2: (values: { readonly instanceName: string }) => string
        }
      }
    }
    readonly 'cors-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly onlyWriting: {
        readonly title: (values: { readonly instanceName: string }) => string
        readonly cause: (values: { readonly instanceName: string }) => string
      }
      readonly thisRequest: {
        readonly title: (values: { readonly instanceName: string }) => string
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly blocksOptions: (values: { readonly instanceName: string }) => string
      }
      readonly proxyUrl: {
        readonly title: (values: { readonly instanceName: string }) => string
        readonly cause: string
        readonly wrong: string
        readonly changed: (values: { readonly instanceName: string }) => string
      }
      readonly changesHeaders: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
          readonly 2: string
        }
      }
      readonly respondsInPlace: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly look: string
      }
      readonly notRunning: {
        readonly cause: string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
      readonly wrongUrl: {
        readonly cause: string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
      readonly blocksPreflight: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
        }
      }
    }
    readonly 'browser-offline': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'blocked-by-policy': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: (values: { readonly appUrl: string }) => string
      readonly addValue: string
      readonly reload: string
    }
    readonly 'local-network-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly notRunning: (values: { readonly instanceName: string }) => string
      readonly browser: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
    }
    readonly 'installation-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: (values: { readonly appUrl: string }) => string
      readonly proxyUrl: string
      readonly cannotConnect: {
        readonly cause: (values: { readonly appUrl: string }) => string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
      readonly reverseProxy: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly signIn: {
        readonly cause: string
        readonly steps: {
          readonly 1: (values: { readonly appUrl: string }) => string
        }
      }
    }
    readonly 'installation-blocked': {
      readonly title: (values: { readonly instanceName: string; readonly appUrl: string }) => string
      readonly cause: string
      readonly causes: {
        readonly 1: {
          readonly cause: string
          readonly steps: {
            readonly 1: (values: { readonly appUrl: string }) => string
          }
        }
        readonly 2: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
        readonly 3: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
        readonly 4: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
      }
    }
    readonly 'installation-unreachable': {
      readonly title: (values: { readonly appUrl: string; readonly instanceName: string }) => string
      readonly cause: string
      readonly causes: {
        readonly 1: {
          readonly cause: string
          readonly steps: {
            readonly 1: (values: { readonly instanceUrl: string }) => string
            readonly 2: string
          }
        }
        readonly 2: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
        readonly 3: {
          readonly cause: string
          readonly steps: {
            readonly 1: (values: { readonly appUrl: string }) => string
          }
        }
      }
    }
    readonly 'instance-url-refused': {
      readonly title: (values: { readonly appUrl: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'gitlab-too-old': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'gitlab-too-slow': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly causes: {
        readonly 1: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
        readonly 2: {
          readonly cause: string
          readonly steps: {
            readonly 1: (values: { readonly instanceName: string }) => string
          }
        }
      }
    }
    readonly 'answer-unexpected': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly signInPage: string
      readonly wrongUrl: {
        readonly cause: string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
      readonly dropped: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
    }
    readonly 'instance-url-invalid': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'instance-url-insecure': {
      readonly title: string
      readonly cause: (values: { readonly appUrl: string }) => string
      readonly steps: {
        readonly 1: string
        readonly 2: string
      }
    }
    readonly 'application-id-missing': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly create: (values: { readonly instanceName: string }) => string
      readonly copyId: string
    }
    readonly 'popup-blocked': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
        readonly 2: string
      }
    }
    readonly 'popup-closed': {
      readonly title: string
      readonly cause: string
      readonly cutOffEarly: {
        readonly title: string
        readonly cause: string
        readonly showedError: {
          readonly cause: string
          readonly steps: {
            readonly 1: string
          }
        }
      }
      readonly cutOff: {
        readonly cause: (values: { readonly instanceName: string }) => string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly closed: {
        readonly cause: string
        readonly steps: {
          readonly 1: string
        }
      }
      readonly application: (values: { readonly instanceName: string }) => string
      readonly otherPage: {
        readonly cause: string
        readonly steps: {
          readonly 1: (values: { readonly instanceName: string }) => string
        }
      }
    }
    readonly 'sign-in-cancelled': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'sign-in-denied': {
      readonly title: (values: { readonly words: 'other' | 'quoted' }) => string
      readonly cause: (values: { readonly words: 'other' | 'quoted' }) => string
      readonly signInAgain: string
    }
    readonly 'authorization-failed': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly tryAgain: string
    }
    readonly 'issuer-mismatch': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly checkUrl: (values: { readonly instanceName: string }) => string
      readonly signInAgain: string
    }
    readonly 'client-refused': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly signInAgain: string
    }
    readonly 'token-request-failed': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly signInAgain: string
    }
    readonly 'token-endpoint-unreachable': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
        readonly 2: (values: { readonly instanceName: string }) => string
      }
    }
    readonly 'token-endpoint-busy': {
      readonly title: (values: { readonly instanceName: string }) => string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'session-expired': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'jira-silent': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'jira-refused': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
        readonly 2: string
      }
    }
    readonly 'config-unreadable': {
      readonly title: string
      readonly cause: (values: { readonly appUrl: string }) => string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'config-invalid': {
      readonly title: string
      readonly cause: (values: { readonly appUrl: string }) => string
      readonly steps: {
        readonly 1: string
      }
    }
    readonly 'part-missing': {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
        readonly 2: string
      }
    }
    readonly unknown: {
      readonly title: string
      readonly cause: string
      readonly steps: {
        readonly 1: string
      }
    }
  }
  readonly bridgeMissing: {
    readonly title: string
    readonly body: (values: { readonly script: string }) => string
    readonly steps: {
      readonly 1: string
      readonly 2: (values: { readonly host: string }) => string
      readonly 3: (values: { readonly host: string }) => string
    }
  }
  readonly firstPaint: {
    readonly slow: string
    readonly tooOld: {
      readonly title: string
      readonly body: string
      readonly missing: string
    }
  }
  readonly callback: {
    readonly title: string
    readonly close: string
    readonly openerLost: string
  }
}
