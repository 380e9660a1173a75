// As in a page over plain http, where there is no WebCrypto.
Object.defineProperty(crypto, 'subtle', { value: undefined });
