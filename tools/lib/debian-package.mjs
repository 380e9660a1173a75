import { startClock } from './clock.mjs';
import { run } from './run.mjs';

const apt = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', '--no-install-recommends'];
const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const attempts = 3;

/**
 * Installs Debian packages that some tests need, where root runs on a system with apt-get. Says what it does, how much it
 * downloads, and what follows where it does not. Nothing that is installed already is removed for it.
 *
 * @param {string} name of the program, for what is said
 * @param {readonly string[]} packages
 * @param {object} options
 * @param {string} options.without what happens where they are not installed: "the mail tests (test/postfix) will be skipped"
 * @param {string} [options.answer] a line for debconf-set-selections, said before the installation
 * @returns {Promise<boolean>} whether they were installed
 */
export async function installDebianPackages(name, packages, { without, answer }) {
  const obstacle = (await findObstacle()) ?? (await attempt(name, packages, answer));
  if (obstacle === undefined) return true;
  console.log(`${name}: ${packages.join(', ')} missing here, and ${obstacle}: ${without}`);
  return false;
}

async function findObstacle() {
  if (process.getuid?.() !== 0) return 'only root may install one';
  const { code } = await run('apt-get', ['--version']);
  return code === 0 ? undefined : 'there is no apt-get to install one with';
}

/**
 * @param {string} name
 * @param {readonly string[]} packages
 * @param {string | undefined} answer
 * @returns {Promise<string | undefined>} why it failed
 */
async function attempt(name, packages, answer) {
  const elapsed = startClock();
  for (let number = 1; number <= attempts; number += 1) {
    const { code, output, removes } = await install(name, packages, answer);
    if (removes) return 'apt-get would remove what is installed here';
    if (code === 0) {
      console.log(`${name}: installed in ${elapsed()}`);
      return undefined;
    }
    console.log(`${output}${name}: apt-get failed, attempt ${number} of ${attempts}`);
  }
  return 'apt-get could not install one';
}

/**
 * @param {string} name
 * @param {readonly string[]} packages
 * @param {string | undefined} answer
 */
async function install(name, packages, answer) {
  const update = await run('apt-get', [...apt, 'update'], { env });
  if (update.code !== 0) return { ...update, removes: false };
  // Not --assume-no: apt-get asks nothing, and installs, where nothing else comes along.
  const plan = await run('apt-get', [...apt, '-y', '--print-uris', 'install', ...packages], { env });
  if (plan.code !== 0) return { ...plan, removes: false };
  // Such as another mail server, whose place it would take.
  if (plan.output.includes('will be REMOVED')) return { ...plan, removes: true };
  const size = plan.output.match(/^(?:Need to get|After this operation).*$/gm) ?? [];
  console.log(`${name}: installing Debian's ${packages.join(', ')}. ${size.join(' ')}`);
  if (answer !== undefined) {
    const told = await run('sh', ['-c', 'echo "$1" | debconf-set-selections', 'sh', answer], { env });
    if (told.code !== 0) return { ...told, removes: false };
  }
  const done = await run('apt-get', [...apt, '-y', '--no-remove', 'install', ...packages], { env });
  return { ...done, removes: false };
}
