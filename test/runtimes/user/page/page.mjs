// A page of a user, bundled by esbuild: what a test calls is global.
import { sealAndOpen } from '../seal-and-open.mjs';

globalThis.sealAndOpen = sealAndOpen;
