/** The static opener, for whoever hosts it: in Node, Deno, Bun, a worker or a page. */
export { openerFiles } from '@sealpost/reader/opener';
