export * from './google';
