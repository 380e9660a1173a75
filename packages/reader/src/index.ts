export { LANGUAGES, languageBlocks, releases, runtime, type LanguageCode } from './generated/runtime.js';
