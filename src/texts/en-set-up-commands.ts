/** Commands that set up an instance, offered beside the steps by hand. Loads with what offers them. */
export const setUpCommandsTexts = {
  title: 'Set this up with commands instead',
  explanation:
    'For a GitLab administrator, in a terminal with curl. The commands create the OAuth application, enter its ID and the URLs in GitLab’s settings, and check the result. You can run them again.',
  readToken:
    'First, paste a personal access token of an administrator with the scope api (and admin_mode, if Admin Mode is on) at the prompt of this command. It stays in the terminal.',
  token: 'the command for the token',
  run: 'Then run these commands.',
  commands: 'the commands',
}
