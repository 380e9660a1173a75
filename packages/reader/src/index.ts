export { LANGUAGES, languageBlocks, runtime, runtimeSha256, type LanguageCode } from './generated/runtime.js';
