import { companyApp } from './company-app';

companyApp().synth();
