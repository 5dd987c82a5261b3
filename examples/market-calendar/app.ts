import { marketApp } from './market-app';

marketApp().synth();
