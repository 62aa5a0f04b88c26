/** The documentation of the API, at `/api`: a page and a bundle of its own, so that no learner's page carries any of it. */
import { render } from 'preact'
import { ApiPage } from './ApiPage.tsx'
import './api.css'

const root = document.getElementById('app')
if (root) render(<ApiPage />, root)
