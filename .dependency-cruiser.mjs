/** Who may import whom. docs/developers.md, "Import rules", draws it. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** Tests and their set-up may use the mocks, and see every room. */
const test = '\\.test\\.tsx?$|^src/testing/'

export default {
  forbidden: [
    forbid('no-cycles', 'A cycle has no order to read it in.', {}, { circular: true }),
    forbid(
      'src-knows-no-mock',
      'Nothing in src knows that it talks to a mock.',
      { path: '^src/', pathNot: test },
      { path: '^(mocks|server|e2e|src/testing)/' },
    ),
    forbid(
      'mocks-are-honest',
      'What pretends to be somebody else, or serves the page, must not share our mistakes.',
      { path: '^(mocks|server|e2e)/' },
      { path: '^src/' },
    ),
    forbid(
      'mocks-stand-alone',
      'Mocks need no server of ours.',
      { path: '^mocks/' },
      { path: '^(server|e2e)/' },
    ),
    forbid('server-knows-no-test', 'Only tests import tests.', { path: '^server/' }, { path: '^e2e/' }),
    ...['jira', 'oauth', 'gitlab'].map((folder) =>
      forbid(
        `${folder}-knows-no-other-room`,
        'One folder per counterpart: it knows neither React nor the others.',
        { path: `^src/${folder}/`, pathNot: test },
        { path: '^src/', pathNot: `^src/(${folder}|http)/` },
      ),
    ),
    forbid(
      'http-knows-nothing',
      'Limits of requests, whoever sends them.',
      { path: '^src/http/', pathNot: test },
      { path: '.', pathNot: '^src/http/' },
    ),
    forbid(
      'texts-know-nothing',
      'Words depend on nothing but the shape of the values that they are given.',
      { path: '^src/texts/', pathNot: test },
      { path: '.', pathNot: '^src/texts/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'account-stands-on-oauth-and-gitlab',
      'app → pages → account → oauth, gitlab.',
      { path: '^src/account/', pathNot: test },
      { path: '^src/', pathNot: '^src/(account|oauth|gitlab)/' },
    ),
    forbid(
      'deployment-stands-on-gitlab',
      'What the deployment says about itself, in terms of GitLab and of the texts.',
      { path: '^src/deployment/', pathNot: test },
      { path: '^src/', pathNot: '^src/(deployment|gitlab|texts)/' },
    ),
    forbid(
      'pages-use-rooms-below',
      'Pages may use account, gitlab, jira, texts, and of oauth only its errors.',
      { path: '^src/pages/', pathNot: test },
      {
        path: '^src/',
        pathNot: '^src/(pages|account|deployment|gitlab|jira|texts)/|^src/oauth/errors\\.ts$',
      },
    ),
    forbid(
      'app-uses-rooms-below',
      'The wiring does not sign in by itself.',
      { path: '^src/app/', pathNot: test },
      {
        path: '^src/',
        pathNot: '^src/(app|pages|account|deployment|gitlab|jira|texts)/|^src/oauth/errors\\.ts$',
      },
    ),
    forbid(
      'callback-stays-small',
      'The popup’s page loads in somebody’s sign-in: it needs the message and nothing else.',
      { path: '^src/callback\\.ts$' },
      { path: '.', pathNot: '^src/oauth/callback-message\\.ts$|^src/callback\\.css$' },
    ),
    forbid(
      'react-stays-above',
      'What talks to the counterparts works without React.',
      { path: '^src/(jira|oauth|gitlab)/', pathNot: `${test}|^src/gitlab/.*-queries\\.ts$` },
      { path: 'node_modules/(react|react-dom|@atlaskit|@tanstack)/' },
    ),
    forbid(
      'oauth-has-one-door',
      'Only one file knows the OAuth library.',
      { path: '^src/', pathNot: '^src/oauth/token-requests\\.ts$' },
      { path: 'node_modules/oauth4webapi/' },
    ),
    forbid(
      'no-development-dependency-on-the-page',
      'What the page needs is a dependency.',
      { path: '^src/', pathNot: `${test}|\\.d\\.ts$` },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^virtual:' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'],
    },
  },
}
