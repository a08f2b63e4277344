"""What each part of a PDF may hold: the keys that are needed to draw and to use it. Every other key goes.

A part is known by the way that leads to it from the root, never by what it says of itself. In a shape, `Key` keeps a
name, a number or a list of these; `Key:leaf` keeps what passes that test; `Key:role` keeps a part, which is then held
to the shape of its role; `*` stands for every other key.
"""

from collections.abc import Iterable, Mapping

AUTHOR, DETAILS, FILES, PREVIEW, SCRIPTS, TIME = "author", "details", "files", "preview", "scripts", "time"
CODES: Mapping[str, str] = {
    "/OpenAction": SCRIPTS, "/AA": SCRIPTS, "/JS": SCRIPTS, "/A": SCRIPTS, "/PA": SCRIPTS, "/Next": SCRIPTS,
    "/JavaScript": SCRIPTS, "/XFA": SCRIPTS, "/AF": FILES, "/EF": FILES, "/EmbeddedFiles": FILES, "/Collection": FILES,
    "/Ref": FILES, "/F": FILES, "/FFilter": FILES, "/FDecodeParms": FILES, "/FS": FILES, "/Perms": AUTHOR,
    "/DSS": AUTHOR, "/V": AUTHOR, "/T": AUTHOR, "/Author": AUTHOR, "/Creator": AUTHOR, "/Usage": AUTHOR, "/M": TIME,
    "/CreationDate": TIME, "/ModDate": TIME, "/LastModified": TIME, "/Thumb": PREVIEW,
}  # fmt: skip
"""What somebody is told when a key goes; `details` for the others."""

_STREAM = "Length Filter DecodeParms:parameters "
_NOTE = (
    "Type Subtype Rect Contents:text P:page F AP:appearance AS Border C StructParent OC:layer Dest:dest A:action H "
    "QuadPoints InkList L Vertices LE IC BE:border BS:border CL LL LLE LLO Cap CO CP IT RD DA:text Q Open CA ca BM "
    "Rotate Name:icon_name MK:icon Popup:annotation Parent:annotation IRT:annotation RT Sy "
)
_SHAPES: Mapping[str, str] = {
    "root": "Type Version Pages:pages PageLabels:labels Names:names Dests:dests ViewerPreferences:preferences "
    "PageLayout PageMode Outlines:outline AcroForm:forms StructTreeRoot:structure MarkInfo:marking Lang:language "
    "OCProperties:layers OutputIntents:intent",
    "intent": "Type S DestOutputProfile:colour",
    "pages": "Type Parent:pages Kids:pages Count Resources:resources MediaBox CropBox BleedBox TrimBox ArtBox "
    "Contents:drawing Rotate Group:group Annots:annotation Tabs StructParents UserUnit",
    "labels": "Nums:labels Kids:labels Limits S St P:text Type",
    "names": "Dests:dest",
    "dests": "*:dest",
    "dest": "Kids:dest Names:dest Limits:text D:dest",
    "preferences": "HideToolbar HideMenubar HideWindowUI FitWindow CenterWindow NonFullScreenPageMode Direction "
    "ViewArea ViewClip PrintArea PrintClip PrintScaling Duplex PickTrayByPDFSize PrintPageRange NumCopies",
    "outline": "Type Title:text Parent:outline Prev:outline Next:outline First:outline Last:outline Count Dest:dest "
    "A:action C F",
    "action": "Type S D:dest URI:address N Next:action",
    "forms": "Fields:field NeedAppearances DR:resources DA:text Q",
    "field": _NOTE + "Parent:field Kids:field FT T:text V:text DV:text Opt:text Ff MaxLen TI I DR:resources",
    "note": _NOTE,
    "border": "Type W S D I",
    "icon": "R BC BG CA:text RC:text AC:text I:form RI:form IX:form IF:fit TP",
    "fit": "SW S A FB",
    "appearance": "N:states R:states D:states",
    "states": "*:form",
    "marking": "Marked UserProperties Suspects",
    "structure": "Type S P:structure K:structure Pg:page A:attributes Alt:text ActualText:text E:text Lang:language "
    "MCID Stm:form Obj:object ParentTree:structure ParentTreeNextKey Nums:structure Kids:structure Limits",
    "attributes": "O ListNumbering RowSpan ColSpan Scope Placement WritingMode SpaceBefore SpaceAfter StartIndent "
    "EndIndent TextIndent TextAlign BBox Width Height BlockAlign InlineAlign LineHeight BaselineShift "
    "TextDecorationType BackgroundColor BorderColor BorderStyle BorderThickness Color Padding TBorderStyle TPadding "
    "GlyphOrientationVertical ColumnCount ColumnGap ColumnWidths Role checked",
    "layers": "OCGs:layer D:arrangement",
    "arrangement": "BaseState ON:layer OFF:layer Order:layer Intent ListMode RBGroups:layer Locked:layer",
    "layer": "Type Name:text Intent OCGs:layer P VE:layer",
    "marked": "MCID Type Subtype Attached BBox",
    "resources": "ExtGState:states_of_drawing ColorSpace:colours Pattern:patterns Shading:shadings XObject:objects "
    "Font:fonts ProcSet Properties:properties",
    "states_of_drawing": "*:state",
    "colours": "*:colour",
    "patterns": "*:pattern",
    "shadings": "*:shading",
    "objects": "*:object",
    "fonts": "*:font",
    "properties": "*:property",
    "state": "Type LW LC LJ ML D RI OP op OPM Font:font BG:colour BG2:colour UCR:colour UCR2:colour TR:colour "
    "TR2:colour HT:halftone HTO FL SM SA BM SMask:mask CA ca AIS TK UseBlackPtComp",
    "mask": "Type S G:form BC TR:colour",
    "halftone": _STREAM + "Type HalftoneType Frequency Angle SpotFunction:colour AccurateScreens "
    "TransferFunction:colour Width Height Xsquare Ysquare Width2 Height2 Default:halftone Cyan:halftone "
    "Magenta:halftone Yellow:halftone Black:halftone Gray:halftone Red:halftone Green:halftone Blue:halftone",
    "colour": _STREAM + "Type N Alternate:colour Range WhitePoint BlackPoint Gamma Matrix FunctionType Domain Size "
    "BitsPerSample Order Encode Decode C0 C1 Functions:colour Bounds Subtype Colorants:colours Process:colour "
    "ColorSpace:colour Components",
    "pattern": _STREAM + "Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix "
    "Shading:shading ExtGState:state",
    "shading": _STREAM + "ShadingType ColorSpace:colour Background BBox AntiAlias Coords Domain Extend "
    "Function:colour Matrix BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow",
    "drawing": _STREAM,
    "form": _STREAM + "Type Subtype FormType BBox Matrix Resources:resources Group:group StructParent StructParents "
    "OC:layer",
    "image": _STREAM + "Type Subtype Width Height ColorSpace:colour BitsPerComponent Intent ImageMask Mask:image "
    "Decode Interpolate SMask:image SMaskInData Matte OC:layer StructParent",
    "parameters": "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock "
    "BlackIs1 DamagedRowsBeforeError ColorTransform JBIG2Globals:data",
    "data": _STREAM + "Type Subtype Length1 Length2 Length3",
    "group": "Type S CS:colour I K",
    "font": "Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor:descriptor Encoding:encoding "
    "ToUnicode:encoding FontBBox FontMatrix CharProcs:glyphs Resources:resources DescendantFonts:font "
    "CIDSystemInfo:collection DW W DW2 W2 CIDToGIDMap:data",
    "descriptor": "Type FontName FontFamily:text FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent "
    "Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile:data FontFile2:data FontFile3:data "
    "Style:style CIDSet:data",
    "style": "Panose:text",
    "encoding": _STREAM + "Type BaseEncoding Differences CMapName CIDSystemInfo:collection WMode UseCMap:encoding",
    "collection": "Registry:text Ordering:text Supplement",
    "glyphs": "*:form",
}  # fmt: skip
DRAWINGS = frozenset({"drawing", "form", "pattern"})
"""The roles whose streams draw."""
WITH_TEXT = frozenset({"dest"})
"""The roles that may be a text instead of a part."""
_STRUCTURE = (
    "Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private Aside Title "
    "FENote Sub P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference "
    "BibEntry Code Link Annot Em Strong Ruby Warichu RB RT RP WT WP Figure Formula Form Artifact StructTreeRoot"
)
STRUCTURE_NAMES = frozenset(f"/{name}" for name in _STRUCTURE.split())


def _read(shapes: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    return {role: dict(_entries(shape.split())) for role, shape in shapes.items()}


def _entries(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        key, _, role = word.partition(":")
        yield key if key == "*" else f"/{key}", role


SHAPES = _read(_SHAPES)
"""For each role its keys, and for each key the leaf or the role of its value; "" for a plain value."""
